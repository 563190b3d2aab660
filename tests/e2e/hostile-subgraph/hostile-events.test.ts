import { readEventStream, type StreamedAnswer } from "@alliance-hub/tests/kit/event-stream-client";
import { HOSTILE_ANSWERS } from "@alliance-hub/tests/kit/hostile-answers";
import { HOSTILE_CONNECTIONS } from "@alliance-hub/tests/kit/hostile-connections";
import { INNER_TEXT } from "@alliance-hub/tests/kit/hostile-mode";
import type { HostileAnswer } from "@alliance-hub/tests/kit/hostile-server";
import { type ClientAnswer, type Duel, startDuel } from "./duel";
import { expectHonestOrNull } from "./expect-honest-or-null";

type Body = ClientAnswer["body"];

const WATCHED = "subscription { watched { title level size entries { label points } } }";
const UNTOUCHED = "{ player { id name __typename } players { id name } }";
const MAX_EVENT_BYTES = 704 * 1024;

/** What the operating system takes in on both sides of a connection before the gateway's refusal is noticed. */
const SOCKET_BUFFER_BYTES = 12 * 1024 * 1024;

/** Modes that come to something else where a stream is awaited. */
const OTHER_OUTCOMES: Readonly<Record<string, readonly string[]>> = {
  // Events without a name mean nothing, and then it breaks off.
  "sends a stream of events": ["unreachable"],
  // Which bound is reached first, bytes or time, is up to the machine.
  "sends a huge answer byte by byte": ["invalid", "timed_out"],
};

let duel: Duel;
let honest: StreamedAnswer;
let untouched: Body;

beforeAll(async () => {
  duel = await startDuel({
    streams: { openMs: 2_500, silenceMs: 300, maxEventBytes: MAX_EVENT_BYTES },
    // The circuit has tests of its own; here each mode is to reach the gateway.
    circuit: { minRequests: 1_000_000 },
  });
  honest = await readEventStream(duel.url, WATCHED);
  untouched = (await duel.ask(UNTOUCHED)).body;
});

afterAll(() => duel.close());

/** The same text as an event of a stream, not as the answer. */
function asEvent(answer: HostileAnswer): HostileAnswer {
  return (exchange) => {
    const { response } = exchange;
    const captured = {
      writeHead: () => captured,
      end(body: string | Buffer) {
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.end(
          Buffer.concat(["event: next\ndata: ", body, "\n\nevent: complete\n\n"].map((part) => Buffer.from(part))),
        );
      },
    };
    answer({ ...exchange, response: captured as unknown as typeof response });
  };
}

describe.each([
  ["an answer to a subscription", { ...HOSTILE_CONNECTIONS, ...HOSTILE_ANSWERS }, (answer: HostileAnswer) => answer],
  ["an event of a subscription", HOSTILE_ANSWERS, asEvent],
] as const)("a hostile instance asked for %s", (_kind, modes, wrap) => {
  it.each(Object.entries(modes))("that %s hurts nothing but its own field", async (name, mode) => {
    const { hostile, url, ask } = duel;
    const before = { bytes: hostile.readBytesSent(), requests: hostile.queries.length };
    hostile.behave(wrap(mode.answer));
    const answer = await readEventStream(url, WATCHED);
    hostile.behave(undefined);

    expect([answer.status, answer.results.length, answer.isComplete]).toEqual([200, 1, true]);
    const [body] = answer.results as Body[];
    const [expected] = honest.results as Body[];
    if (mode.effect === "none" && OTHER_OUTCOMES[name] === undefined) {
      expect(body).toEqual(expected);
    } else {
      expectHonestOrNull(body?.data, expected?.data);
      expect(body?.errors?.length).toBeGreaterThan(0);
      expect(body?.errors?.length).toBeLessThanOrEqual(201);
    }
    const outcome = body?.extensions?.completeness.find(({ subgraph }) => subgraph === "scores")?.outcome;
    expect(OTHER_OUTCOMES[name] ?? [mode.outcome]).toContain(outcome);

    expect(answer.text).not.toContain(INNER_TEXT);
    expect([...answer.headers].join()).not.toContain(INNER_TEXT);
    expect(answer.headers.get("set-cookie")).toBeNull();
    expect(answer.text.length).toBeLessThan(100_000);
    expect(hostile.innerRequests).toEqual([]);
    expect(hostile.readBytesSent() - before.bytes).toBeLessThan(2 * MAX_EVENT_BYTES + SOCKET_BUFFER_BYTES);
    expect(hostile.queries.length - before.requests).toBe(1);
    expect(Object.prototype).not.toHaveProperty("isPolluted");
    expect((await ask(UNTOUCHED)).body).toEqual(untouched);
    expect((await readEventStream(url, WATCHED)).results).toEqual(honest.results);
  });
});
