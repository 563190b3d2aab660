import { createStreamClient, type Protocol, type StreamClient } from "./clients";
import { type MatchDay, type MatchDayOptions, startMatchDay } from "./match-day";

const SCORED = "subscription Goals { goal: scored { minute scorer { id name } } }";

let day: MatchDay | undefined;
let client: StreamClient | undefined;

afterEach(async () => {
  client?.close();
  await day?.close();
  day = undefined;
  client = undefined;
});

async function start(protocol: Protocol, options?: MatchDayOptions) {
  day = await startMatchDay(options);
  client = createStreamClient(protocol, day);
  return { day, client };
}

const goalBy = (minute: number, id: string) => ({ data: { goal: { minute, scorer: { id, name: `Player ${id}` } } } });

describe.each<[Protocol, Protocol]>([
  ["sse", "sse"],
  ["sse", "graphql-ws"],
  ["graphql-ws", "sse"],
  ["graphql-ws", "graphql-ws"],
])("a subscription over %s, the subgraph's over %s", (protocol, upstream) => {
  it("brings every event in order, filled in by another subgraph, and ends with the subgraph's", async () => {
    const { day, client } = await start(protocol, { upstream });
    const subscriber = client.subscribe(SCORED);
    await day.goals.untilSubscribed();
    day.goals.emit(...Array.from({ length: 5 }, (_, index) => ({ minute: index, scorer: { id: String(index) } })));
    expect(await subscriber.untilResults(5)).toEqual([0, 1, 2, 3, 4].map((index) => goalBy(index, String(index))));
    day.goals.end();
    expect(await subscriber.untilEnd()).toBe("completed");
    expect(subscriber.results).toHaveLength(5);
    await day.goals.untilSubscribed(0);
    expect(day.logLines.filter(({ msg }) => /^subscription /.test(String(msg)))).toMatchObject([
      { msg: "subscription started", protocol, operationName: "Goals" },
      { msg: "subscription ended", protocol, operationName: "Goals", results: 5, hasClientLeft: false },
    ]);
  });

  it("closes the subgraph's stream when the client leaves", async () => {
    const { day, client } = await start(protocol, { upstream });
    const subscriber = client.subscribe(SCORED);
    await day.goals.untilSubscribed();
    day.goals.emit({ minute: 1 });
    await subscriber.untilResults(1);
    subscriber.leave();
    await day.goals.untilSubscribed(0);
    expect(await day.ask('{ player(id: "1") { name } }')).toEqual({ data: { player: { name: "Player 1" } } });
  });

  it("ends with a located error when the subgraph dies, and hurts nothing else", async () => {
    const { day, client } = await start(protocol, { upstream });
    const subscriber = client.subscribe(SCORED);
    await day.goals.untilSubscribed();
    day.goals.emit({ minute: 1 });
    await subscriber.untilResults(1);
    day.matches.kill();
    expect(await subscriber.untilEnd()).toBe("completed");
    expect(subscriber.results[1]).toMatchObject({
      data: { goal: null },
      errors: [{ path: ["goal"], extensions: { code: "OWNER_UNAVAILABLE", retryable: true } }],
      extensions: { completeness: [{ subgraph: "matches", outcome: "unreachable", paths: [["goal"]] }] },
    });
    expect(await day.ask("{ match }")).toEqual({ data: { match: null } });
  });

  it("tells the client to resume when the schema changes", async () => {
    const { day, client } = await start(protocol, { upstream });
    const subscriber = client.subscribe(SCORED);
    await day.goals.untilSubscribed();
    await day.gateway.endSubscriptions("schema_changed");
    expect(await subscriber.untilEnd()).toBe("completed");
    expect(subscriber.results).toMatchObject([
      { data: null, errors: [{ extensions: { code: "SUBSCRIPTION_INTERRUPTED", resume: true, retryable: true } }] },
    ]);
    await day.goals.untilSubscribed(0);
  });

  it("passes on no text of the subgraph that was not meant for clients", async () => {
    const { client } = await start(protocol, { upstream });
    const subscriber = client.subscribe("subscription { refused }");
    expect(await subscriber.untilEnd()).toBe("completed");
    expect(subscriber.results).toMatchObject([
      { data: { refused: null }, errors: [{ message: "Something went wrong.", path: ["refused"] }] },
    ]);
  });
});

describe.each<Protocol>(["sse", "graphql-ws"])("a client over %s", (protocol) => {
  it("asks queries and mutations as well", async () => {
    const { client } = await start(protocol);
    const query = client.subscribe("query ($id: ID!) { player(id: $id) { name } }", { id: "7" });
    expect(await query.untilEnd()).toBe("completed");
    expect(query.results).toEqual([{ data: { player: { name: "Player 7" } } }]);
    const mutation = client.subscribe('mutation { rename(id: "7", name: "Seven") { name } }');
    expect(await mutation.untilEnd()).toBe("completed");
    expect(mutation.results).toEqual([{ data: { rename: { name: "Seven" } } }]);
  });

  it("has several subscriptions that do not disturb each other", async () => {
    const { day, client } = await start(protocol);
    const goals = client.subscribe(SCORED);
    const minutes = client.subscribe("subscription { minutes }");
    await Promise.all([day.goals.untilSubscribed(), day.minutes.untilSubscribed()]);
    goals.leave();
    await day.goals.untilSubscribed(0);
    day.minutes.emit(44, 45);
    expect(await minutes.untilResults(2)).toEqual([{ data: { minutes: 44 } }, { data: { minutes: 45 } }]);
  });

  it("is told when events come faster than they are answered", async () => {
    const { day, client } = await start(protocol, { instance: { streams: { maxWaiting: 3 } } });
    const subscriber = client.subscribe(SCORED);
    await day.goals.untilSubscribed();
    day.goals.emit(...Array.from({ length: 400 }, (_, minute) => ({ minute, scorer: { id: "1" } })));
    expect(await subscriber.untilEnd()).toBe("completed");
    const last = subscriber.results.at(-1);
    expect(last).toMatchObject({ errors: [{ extensions: { code: "SUBSCRIPTION_INTERRUPTED", reason: "too_slow" } }] });
    expect(subscriber.results.slice(0, -1)).toEqual(
      subscriber.results.slice(0, -1).map((_result, minute) => goalBy(minute, "1")),
    );
  });

  it("is told to resume elsewhere when the hub stops, which does not take long", async () => {
    const { day, client } = await start(protocol, { server: { limits: { shutdownTimeoutMs: 20_000 } } });
    const subscriber = client.subscribe(SCORED);
    await day.goals.untilSubscribed();
    await day.server.close();
    await subscriber.untilEnd();
    expect(subscriber.results).toMatchObject([
      { errors: [{ extensions: { code: "SUBSCRIPTION_INTERRUPTED", reason: "shutting_down", resume: true } }] },
    ]);
    await day.goals.untilSubscribed(0);
  });
});
