import { HOSTILE_ANSWERS } from "@alliance-hub/tests/kit/hostile-answers";
import { HOSTILE_CONNECTIONS } from "@alliance-hub/tests/kit/hostile-connections";
import { INNER_TEXT } from "@alliance-hub/tests/kit/hostile-mode";
import { type ClientAnswer, type Duel, startDuel } from "./duel";
import { expectHonestOrNull } from "./expect-honest-or-null";

const MODES = { ...HOSTILE_CONNECTIONS, ...HOSTILE_ANSWERS };

const BOARD = "{ title level size entries { label points } }";
const OPERATIONS = {
  query: `{ player { id name __typename } players { id name } board ${BOARD} }`,
  "entity fetch": "{ players { id name __typename score motto entries { label points } } }",
  mutation: `mutation { record(points: 1) ${BOARD} }`,
} as const;

const UNTOUCHED = "{ player { id name __typename } players { id name } }";

/** What is asked of the hostile instance; everything else comes from the honest one. */
const HOSTILE_FIELDS = new Set(["board", "record", "score", "motto", "entries"]);

const MAX_RESPONSE_BYTES = 704 * 1024;

/** What the operating system takes in on both sides of a connection before the gateway's refusal is noticed. */
const SOCKET_BUFFER_BYTES = 12 * 1024 * 1024;

let duel: Duel;
const honest: Record<string, ClientAnswer> = {};

beforeAll(async () => {
  duel = await startDuel({
    maxResponseBytes: MAX_RESPONSE_BYTES,
    timeouts: { headersMs: 500, stallMs: 500, bodyMs: 1_900 },
    retries: { maxPauseMs: 0 },
    // The circuit has tests of its own; here each mode is to reach the gateway.
    circuit: { minRequests: 1_000_000 },
  });
  for (const query of [...Object.values(OPERATIONS), UNTOUCHED]) {
    honest[query] = await duel.ask(query);
  }
});

afterAll(() => duel.close());

/** The answer without what was asked of the hostile instance. */
function keepHonestFields(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, inner) => (HOSTILE_FIELDS.has(key) ? undefined : inner)));
}

function pathsOf({ body }: ClientAnswer): (string | number)[][] {
  // The last one may only say how many more there are.
  return (body.errors ?? []).flatMap(({ path, message }) => (/left out/.test(message) ? [] : [[...(path ?? [])]]));
}

describe.each(Object.entries(OPERATIONS))("a hostile instance asked for a %s", (kind, query) => {
  it.each(Object.entries(MODES))("that %s hurts nothing but its own fields", async (_name, mode) => {
    const { hostile, ask } = duel;
    const before = { bytes: hostile.readBytesSent(), requests: hostile.queries.length };
    hostile.behave(mode.answer);
    const answer = await ask(query);
    hostile.behave(undefined);

    expect(answer.status).toBe(200);
    const expected = honest[query]?.body.data;
    if (mode.effect === "none") {
      expect(answer.body).toEqual({ data: expected });
    } else {
      expect(keepHonestFields(answer.body.data)).toEqual(keepHonestFields(expected));
      expectHonestOrNull(answer.body.data, expected);
      expect(answer.body.errors?.length).toBeGreaterThan(0);
      expect(answer.body.errors?.length).toBeLessThanOrEqual(201);
      for (const path of pathsOf(answer)) {
        expect(path.some((key) => HOSTILE_FIELDS.has(String(key)))).toBe(true);
      }
    }
    const outcome = answer.body.extensions?.completeness.find(({ subgraph }) => subgraph === "scores")?.outcome;
    expect(outcome).toBe(outcome === undefined || outcome !== mode.otherOutcome ? mode.outcome : mode.otherOutcome);

    expect(answer.text).not.toContain(INNER_TEXT);
    expect([...answer.headers].join()).not.toContain(INNER_TEXT);
    expect(answer.headers.get("set-cookie")).toBeNull();
    expect(answer.headers.get("access-control-allow-origin")).toBeNull();
    expect(answer.text.length).toBeLessThan(100_000);
    expect(hostile.innerRequests).toEqual([]);
    expect(hostile.readBytesSent() - before.bytes).toBeLessThan(2 * MAX_RESPONSE_BYTES + SOCKET_BUFFER_BYTES);
    expect(hostile.queries.length - before.requests).toBeLessThanOrEqual(kind === "mutation" ? 1 : 2);
    expect(Object.prototype).not.toHaveProperty("isPolluted");
    expect((await ask(UNTOUCHED)).body).toEqual(honest[UNTOUCHED]?.body);
    expect((await ask(query)).body).toEqual(honest[query]?.body);
  });
});
