import { scored, startGames } from "@alliance-hub/tests/kit/game-subscriptions";
import { SubscriberTooSlow } from "./egress/subgraph-stream";
import { SubgraphUnreachable } from "./egress/subgraph-transport";

const INTERRUPTED = { code: "SUBSCRIPTION_INTERRUPTED", retryable: true, resume: true };

describe("subscribe()", () => {
  it("answers each event with the fields of other subgraphs, in order, and ends with the subgraph", async () => {
    const { feed, open, calls } = startGames();
    const stream = await open(
      "subscription Goals { goal: scored(least: 2) { points name shout: motto(shout: true) } }",
    );
    expect(stream.operationName).toBe("Goals");
    expect(feed.request?.query).toMatch(/^subscription/);
    feed.push(
      ...["1", "2", "3"].map((id) => ({ data: { _c_goal: { __typename: "Player", id, points: 2 } } })),
      undefined,
    );
    for (const id of ["1", "2", "3"]) {
      expect(await stream.next()).toEqual({
        kind: "executed",
        data: { goal: { points: 2, name: `Player ${id}`, shout: "ON" } },
        operationKind: "subscription",
        operationName: "Goals",
      });
    }
    expect(await stream.next()).toBeUndefined();
    expect(feed.isClosed).toBe(true);
    expect(calls.map(({ subgraph }) => subgraph)).toEqual(["players", "players", "players"]);
  });

  it("passes variables on, once", async () => {
    const { feed, open } = startGames();
    await open("subscription ($team: ID, $no: Int = 7) { scored(team: $team, least: $no) { id } }", {
      variables: { team: "red" },
    });
    expect(feed.request?.variables).toEqual({ team: "red", no: 7 });
    expect(JSON.parse(feed.request?.body ?? "")).toMatchObject({ variables: { team: "red", no: 7 } });
  });

  it("reads of an event what was asked for, as of any answer, and locates its errors", async () => {
    const { feed, open } = startGames();
    const stream = await open("subscription { scored { id points } }");
    feed.push(
      { data: { scored: { id: "1", points: "many", secret: "told" }, other: 1 } },
      { data: { scored: null }, errors: [{ message: "stack trace", path: ["scored"] }] },
      { errors: [{ message: "Not for you.", extensions: { code: "FORBIDDEN" } }] },
      { data: { scored: null }, errors: [{ message: "Resume.", extensions: { ...INTERRUPTED, reason: "too_slow" } }] },
      { data: 5 },
    );
    expect(await stream.next()).toMatchObject({
      data: { scored: null },
      errors: [{ path: ["scored", "points"], extensions: { code: "INTERNAL" } }],
    });
    expect(await stream.next()).toMatchObject({
      data: { scored: null },
      errors: [{ message: "Something went wrong.", path: ["scored"] }],
    });
    expect(await stream.next()).toMatchObject({
      data: { scored: null },
      errors: [{ message: "Not for you.", path: ["scored"], extensions: { code: "FORBIDDEN" } }],
    });
    const claimed = await stream.next();
    expect(claimed?.errors).toMatchObject([{ message: "Something went wrong.", extensions: { code: "INTERNAL" } }]);
    expect(claimed?.errors?.[0]?.extensions).not.toHaveProperty("resume");
    expect(await stream.next()).toMatchObject({
      data: { scored: null },
      errors: [{ path: ["scored"], extensions: { code: "OWNER_UNAVAILABLE" } }],
      extensions: { completeness: [{ subgraph: "games", outcome: "invalid", paths: [["scored"]] }] },
    });
  });

  it("tells which subgraph did not fill an event in, and goes on", async () => {
    let isDown = true;
    const { feed, open } = startGames({
      tellsCost: true,
      intercept: async (subgraph, _request, answer) => {
        if (isDown) {
          throw new SubgraphUnreachable(subgraph, "refused", "down");
        }
        return answer();
      },
    });
    const stream = await open("subscription { scored { points motto } }");
    feed.push(scored("1"), scored("2"));
    expect(await stream.next()).toMatchObject({
      data: { scored: { points: 1, motto: null } },
      errors: [{ path: ["scored", "motto"], extensions: { code: "OWNER_UNAVAILABLE" } }],
      extensions: { completeness: [{ subgraph: "games" }, { subgraph: "players", outcome: "unreachable" }], cost: 1 },
    });
    isDown = false;
    expect(await stream.next()).toMatchObject({
      data: { scored: { points: 1, motto: "on" } },
      extensions: { cost: 1 },
    });
  });

  it("ends with a located error when the subgraph breaks off", async () => {
    const { feed, open } = startGames();
    const stream = await open("subscription { goal: scored { id } }");
    feed.push(new SubgraphUnreachable("games", "refused", "cut"));
    expect(await stream.next()).toMatchObject({
      data: { goal: null },
      errors: [{ path: ["goal"], extensions: { code: "OWNER_UNAVAILABLE", retryable: true } }],
      extensions: { completeness: [{ subgraph: "games", outcome: "unreachable" }] },
    });
    expect(await stream.next()).toBeUndefined();
  });

  it("answers once when the stream cannot be opened", async () => {
    const { open, logLines } = startGames({ subscribe: undefined });
    const stream = await open("subscription { scored { id } }");
    expect(await stream.next()).toMatchObject({
      errors: [{ path: ["scored"], extensions: { code: "OWNER_UNAVAILABLE" } }],
    });
    expect(await stream.next()).toBeUndefined();
    expect(logLines.map(({ msg }) => msg)).toEqual(["subgraph unreachable"]);
  });

  it("tells a client that is too slow to subscribe again", async () => {
    const { feed, open } = startGames();
    const stream = await open("subscription { scored { id } }");
    feed.push(scored("1"), new SubscriberTooSlow());
    expect(await stream.next()).toMatchObject({ data: { scored: { id: "1" } } });
    expect(await stream.next()).toMatchObject({
      data: null,
      errors: [{ extensions: { ...INTERRUPTED, reason: "too_slow" } }],
    });
    expect(await stream.next()).toBeUndefined();
    expect(feed.isClosed).toBe(true);
  });

  it("closes the subgraph's stream at once when the client leaves, whether it waits for a result or not", async () => {
    const { feed, open, leaving } = startGames();
    const stream = await open("subscription { scored { id } }");
    const waiting = stream.next();
    leaving.abort();
    expect(feed.isClosed).toBe(true);
    expect(await waiting).toBeUndefined();

    const other = startGames();
    await other.open("subscription { scored { id } }");
    other.leaving.abort();
    expect(other.feed.isClosed).toBe(true);
    await other.gateway.endSubscriptions("schema_changed");
  });

  it("gives each event its own time", async () => {
    const { feed, open } = startGames({
      intercept: (subgraph, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener("abort", () => reject(new SubgraphUnreachable(subgraph, "timed_out", "slow")));
        }),
    });
    const stream = await open("subscription { scored { points motto } }", { timeoutMs: 20 });
    feed.push(scored("1"), scored("2", 2), undefined);
    for (const points of [1, 2]) {
      expect(await stream.next()).toMatchObject({
        data: { scored: { points, motto: null } },
        extensions: { completeness: [{ subgraph: "games" }, { subgraph: "players", outcome: "timed_out" }] },
      });
    }
    expect(await stream.next()).toBeUndefined();
  });

  it("answers queries and mutations as execute() does", async () => {
    const { subscribe, execute } = startGames();
    const query = '{ player(id: "1") { name } }';
    expect(await subscribe(query)).toMatchObject({ kind: "response", response: await execute(query) });
    expect(await subscribe("mutation { rename }")).toMatchObject({ response: { data: { rename: "renamed" } } });
    expect(await subscribe("mutation { rename }", { allowMutation: false })).toMatchObject({
      response: { kind: "request-error", errors: [{ extensions: { code: "BAD_USER_INPUT" } }] },
    });
  });

  it.each([
    "subscription { scored { id } scoredAll { id } }",
    "subscription { a: scored { id } b: scored { id } }",
    "subscription { __typename }",
    "subscription { scored @skip(if: true) { id } }",
    "subscription ($no: Boolean!) { scored @skip(if: $no) { id } scoredAll @include(if: $no) { id } }",
    "subscription ($no: Boolean!) { scored @include(if: $no) { id } }",
    "subscription { ...Both } fragment Both on Subscription { scored { id } scoredAll { id } }",
    "subscription { absent }",
    "subscription {",
  ])("refuses %s", async (query) => {
    const { subscribe, feed } = startGames();
    expect(await subscribe(query, { variables: { no: false } })).toMatchObject({
      kind: "response",
      response: { kind: "request-error", errors: [{ extensions: { code: "BAD_USER_INPUT" } }] },
    });
    expect(feed.request).toBeUndefined();
  });

  it("opens as many as are allowed, and again when one has ended", async () => {
    const { subscribe, open, feed } = startGames({ maxSubscriptions: 2 });
    const first = await open("subscription { scored { id } }");
    await open("subscription { scored { id } }");
    expect(await subscribe("subscription { scored { id } }")).toMatchObject({
      response: { kind: "request-error", errors: [{ extensions: { code: "RATE_LIMITED", retryable: true } }] },
    });
    expect(await subscribe("{ game }")).toMatchObject({ response: { data: { game: null } } });
    feed.push(undefined);
    expect(await first.next()).toBeUndefined();
    await open("subscription { scored { id } }");
    expect(await startGames({ maxSubscriptions: 0 }).subscribe("subscription { scored { id } }")).toMatchObject({
      response: { kind: "request-error", errors: [{ extensions: { code: "NOT_AVAILABLE" } }] },
    });
  });

  it("is where a subscription is answered: execute() refuses it", async () => {
    const { execute } = startGames();
    expect(await execute("subscription { scored { id } }")).toMatchObject({
      kind: "request-error",
      errors: [{ extensions: { code: "BAD_USER_INPUT" } }],
      operationKind: "subscription",
    });
  });
});
