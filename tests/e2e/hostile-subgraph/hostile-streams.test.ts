import { readEventStream, type StreamedAnswer } from "@alliance-hub/tests/kit/event-stream-client";
import { INNER_TEXT } from "@alliance-hub/tests/kit/hostile-mode";
import { type HostileSocketServer, startHostileSocketServer } from "@alliance-hub/tests/kit/hostile-socket-server";
import { HOSTILE_EVENT_STREAMS, HOSTILE_SOCKETS, type HostileStream } from "@alliance-hub/tests/kit/hostile-streams";
import { until } from "@alliance-hub/tests/kit/until";
import { type ClientAnswer, type Duel, startDuel } from "./duel";

type Body = ClientAnswer["body"];

const WATCHED = "subscription { watched { title } }";
const HONEST = { data: { watched: { title: "Season" } } };
const UNTOUCHED = "{ player { id name } }";
const STREAMS = { openMs: 1_000, silenceMs: 400, maxEventBytes: 512 * 1024, maxWaiting: 3, maxChatterBytes: 16 * 1024 };

/** What the operating system takes in on both sides of a connection before the gateway's refusal is noticed. */
const SOCKET_BUFFER_BYTES = 12 * 1024 * 1024;

/** Nothing but what the mode says reached the client, and nothing else is hurt. */
async function expectHarmless(duel: Duel, answer: StreamedAnswer, { results, outcome }: HostileStream<unknown>) {
  expect([answer.status, answer.isComplete]).toEqual([200, true]);
  expect(answer.text).not.toContain(INNER_TEXT);
  const bodies = answer.results as Body[];
  if (outcome === undefined) {
    expect(bodies).toEqual(new Array(results).fill(HONEST));
  } else {
    const last = bodies.at(-1);
    const count = outcome === "too_slow" ? Math.max(results, bodies.length - 1) : results;
    expect(bodies.slice(0, -1)).toEqual(new Array(count).fill(HONEST));
    if (outcome === "too_slow") {
      expect(last?.errors).toMatchObject([{ extensions: { code: "SUBSCRIPTION_INTERRUPTED", reason: "too_slow" } }]);
    } else {
      expect(last?.data).toEqual({ watched: null });
      expect(last?.errors?.[0]?.path).toEqual(["watched"]);
      expect(last?.extensions?.completeness).toEqual([{ subgraph: "scores", outcome, paths: [["watched"]] }]);
    }
  }
  expect(duel.hostile.innerRequests).toEqual([]);
  expect(Object.prototype).not.toHaveProperty("isPolluted");
  expect((await duel.ask(UNTOUCHED)).body).toEqual({ data: { player: { id: "1", name: "Player 1" } } });
}

describe("an instance whose stream of events over SSE", () => {
  let duel: Duel;

  beforeAll(async () => {
    duel = await startDuel({ streams: STREAMS, circuit: { minRequests: 1_000_000 } });
  });
  afterAll(() => duel.close());

  it.each(Object.entries(HOSTILE_EVENT_STREAMS))("%s hurts nothing but its own field", async (_name, mode) => {
    const { hostile, url } = duel;
    const before = hostile.readBytesSent();
    hostile.behave(mode.act);
    const answer = await readEventStream(url, WATCHED);
    hostile.behave(undefined);
    await expectHarmless(duel, answer, mode);
    expect(hostile.readBytesSent() - before).toBeLessThan(2 * STREAMS.maxEventBytes + SOCKET_BUFFER_BYTES);
    expect((await readEventStream(url, WATCHED)).results).toEqual([HONEST]);
  });

  it("has an event that is just small enough is read, and one byte more is not", async () => {
    const { hostile, url } = duel;
    const say = (bytes: number) => {
      const text = JSON.stringify(HONEST);
      hostile.behave(({ response }) => {
        // `event: next` and `data: ` count.
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.end(`event: next\ndata: ${text.padEnd(bytes - 17)}\n\nevent: complete\n\n`);
      });
      return readEventStream(url, WATCHED);
    };
    expect((await say(STREAMS.maxEventBytes)).results).toEqual([HONEST]);
    const [refused] = (await say(STREAMS.maxEventBytes + 1)).results as Body[];
    expect(refused?.extensions?.completeness).toMatchObject([{ outcome: "invalid" }]);
    hostile.behave(undefined);
  });
});

describe("an instance whose socket", () => {
  let duel: Duel;
  let sockets: HostileSocketServer;

  beforeAll(async () => {
    sockets = await startHostileSocketServer(JSON.stringify(HONEST));
    duel = await startDuel({ streams: STREAMS, subscriptionsUrl: sockets.url, circuit: { minRequests: 1_000_000 } });
  });
  afterAll(async () => {
    await duel.close();
    await sockets.close();
  });

  it.each(Object.entries(HOSTILE_SOCKETS))("%s hurts nothing but its own field", async (_name, mode) => {
    sockets.behave(mode.act);
    const answer = await readEventStream(duel.url, WATCHED);
    sockets.behave(undefined);
    await expectHarmless(duel, answer, mode);
    await until("the socket is closed", () => sockets.countOpen() === 0);
    expect((await readEventStream(duel.url, WATCHED)).results).toEqual([HONEST]);
  });
});

describe("an instance to which streams are open", () => {
  let duel: Duel | undefined;
  afterEach(() => duel?.close());

  it("is asked for no more of them than it may have", async () => {
    duel = await startDuel({ streams: { ...STREAMS, maxStreams: 1, silenceMs: 1_000 } });
    duel.hostile.behave(
      ({ response }) => void response.writeHead(200, { "content-type": "text/event-stream" }).write(":\n\n"),
    );
    const first = readEventStream(duel.url, WATCHED);
    await until("the first is open", () => duel?.hostile.queries.length === 1);
    const [refused] = (await readEventStream(duel.url, WATCHED)).results as Body[];
    expect(refused?.extensions?.completeness).toMatchObject([{ outcome: "refused" }]);
    expect(duel.hostile.queries).toHaveLength(1);
    await first;
    duel.hostile.behave(undefined);
    expect((await readEventStream(duel.url, WATCHED)).results).toEqual([HONEST]);
  });

  it("is left alone when it fails too often, for subscriptions and queries alike", async () => {
    duel = await startDuel({ streams: STREAMS, circuit: { minRequests: 3, fairTimeMs: 0 } });
    duel.hostile.behave(({ socket }) => void socket.destroy());
    for (let index = 0; index < 3; index += 1) {
      await readEventStream(duel.url, WATCHED);
    }
    const [refused] = (await readEventStream(duel.url, WATCHED)).results as Body[];
    expect(refused?.extensions?.completeness).toMatchObject([{ outcome: "circuit_open" }]);
    const query = await duel.ask("{ board { title } }");
    expect(query.body.extensions?.completeness).toMatchObject([{ outcome: "circuit_open" }]);
    expect(duel.hostile.queries).toHaveLength(3);
  });
});
