import { scored, startGames } from "@alliance-hub/tests/kit/game-subscriptions";

const INTERRUPTED = { code: "SUBSCRIPTION_INTERRUPTED", retryable: true, resume: true };

describe("endSubscriptions()", () => {
  it("tells every client to resume, those that come late at once, and settles then", async () => {
    const { gateway, open, feed } = startGames();
    const stream = await open("subscription { scored { id } }");
    const waiting = stream.next();
    const ended = gateway.endSubscriptions("schema_changed");
    expect(feed.isClosed).toBe(true);
    expect(await waiting).toEqual({
      kind: "executed",
      data: null,
      errors: [
        { message: expect.stringMatching(/subscribe again/), extensions: { ...INTERRUPTED, reason: "schema_changed" } },
      ],
      operationKind: "subscription",
    });
    expect(await stream.next()).toBeUndefined();
    await ended;
    const late = await open("subscription { scored { id } }");
    expect(await late.next()).toMatchObject({ errors: [{ extensions: INTERRUPTED }] });
    expect(await late.next()).toBeUndefined();
  });

  it("lets the event at hand be answered first", async () => {
    let answerNow: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => {
      answerNow = resolve;
    });
    let isAsked: () => void = () => undefined;
    const beingAsked = new Promise<void>((resolve) => {
      isAsked = resolve;
    });
    const { gateway, open, feed } = startGames({
      intercept: async (_subgraph, _request, answer) => {
        isAsked();
        await asked;
        return answer();
      },
    });
    const stream = await open("subscription { scored { name } }");
    feed.push(scored("1"), scored("2"));
    const waiting = stream.next();
    await beingAsked;
    const ended = gateway.endSubscriptions("shutting_down");
    answerNow();
    expect(await waiting).toMatchObject({ data: { scored: { name: "Player 1" } } });
    expect(await stream.next()).toMatchObject({
      errors: [{ extensions: { ...INTERRUPTED, reason: "shutting_down" } }],
    });
    expect(await stream.next()).toBeUndefined();
    await ended;
  });

  it("leaves queries alone", async () => {
    const { gateway, execute } = startGames();
    await gateway.endSubscriptions("schema_changed");
    expect(await execute("{ game }")).toMatchObject({ data: { game: null } });
  });
});
