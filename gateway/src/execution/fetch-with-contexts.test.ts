import { EventFeed } from "@alliance-hub/tests/kit/event-feed";
import { createFederation } from "@alliance-hub/tests/kit/federation";
import { parse, print } from "graphql";

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.8", import: ["@key", "@context", "@fromContext"])\n`;

const typeDefs = `
  type Subscription { changed: User }
  type Query { users(count: Int!, different: Int!): [User!]! names: [String] }
  type User @key(fields: "id") @context(name: "user") { id: ID! currency: String account: Account }
  type Account @key(fields: "id") {
    id: ID!
    owner: String
    balance(currency: String @fromContext(field: "$user { currency }")): String
    twin(currency: String @fromContext(field: "$user { currency }")): Account
  }`;

/** Accounts are shared by every ten users. */
const resolvers = {
  Query: {
    users: (_root: unknown, { count, different }: { count: number; different: number }) =>
      Array.from({ length: count }, (_, id) => ({ id, currency: `C${id % different}`, account: { id: id % 10 } })),
  },
  Account: {
    __resolveReference: ({ id }: { id: string }) => ({ id }),
    balance: ({ id }: { id: string }, { currency }: { currency: string }) => `${id} ${currency}`,
    twin: ({ id }: { id: string }, { currency }: { currency: string }) => ({ id: `${id}${currency}` }),
    owner: ({ id }: { id: string }) => `owner of ${id}`,
  },
};

const federation = (intercept?: Parameters<typeof createFederation>[1]) =>
  createFederation({ a: { link: LINK, typeDefs, resolvers } }, { maxCost: 1e9, ...intercept });

const USERS =
  "query ($count: Int!, $different: Int!) { users(count: $count, different: $different) { account { balance } } }";

describe("fetchWithContexts()", () => {
  it("asks once for all entities of all contexts, each entity once in each", async () => {
    const { execute, calls } = federation();
    const { data } = await execute(USERS, { count: 40, different: 4 });
    expect(data).toEqual({
      users: Array.from({ length: 40 }, (_, id) => ({ account: { balance: `${id % 10} C${id % 4}` } })),
    });
    expect(calls).toHaveLength(2);
    const lists = Object.values(calls[1]?.variables ?? {}).filter(Array.isArray);
    expect(lists.map(({ length }) => length)).toEqual([5, 5, 5, 5]);
  });

  it("divides what has more than 100 contexts, so that a request does not grow with the rows", async () => {
    const { execute, calls } = federation();
    const { data, errors } = await execute(USERS, { count: 250, different: 250 });
    expect(errors).toBeUndefined();
    expect((data as { users: unknown[] }).users[249]).toEqual({ account: { balance: "9 C249" } });
    expect(calls.map(({ query }) => query.split("_entities(").length - 1)).toEqual([0, 100, 100, 50]);
  });

  it("sends valid operations, in which only what is asked for is declared", async () => {
    const { execute, calls } = federation();
    await execute(
      `query ($count: Int!, $different: Int!, $yes: Boolean!) {
        users(count: $count, different: $different) { account { owner balance @include(if: $yes) twin { owner ...F } } }
      }
      fragment F on Account { balance twin { id } }`,
      { count: 2, different: 2, yes: true },
    );
    expect(calls).toHaveLength(3);
    // The subgraph is graphql-js and has validated them.
    expect(calls.map(({ query }) => /\$(count|yes|different)/.test(query))).toEqual([true, false, false]);
    expect(calls.every(({ query }) => print(parse(query)).length > 0)).toBe(true);
  });

  it("asks for nothing more where no contextual field is selected", async () => {
    const { execute, calls } = federation();
    await execute("{ users(count: 1, different: 1) { currency account { owner } } }");
    expect(calls.map(({ query }) => query)).toEqual([
      "{_c_users: users(count: 1, different: 1){currency account{owner}}}",
    ]);
  });

  it("puts errors of an entity at its places, and names the subgraph as it is called", async () => {
    const { execute } = federation({
      async intercept(_subgraph, { query }, answer) {
        const response = await answer();
        return query.includes("_entities")
          ? { data: null, errors: [{ message: "no", path: [Object.keys(response.data as object)[1], 0, "balance"] }] }
          : response;
      },
    });
    const { data, errors } = await execute(USERS, { count: 2, different: 2 });
    expect(data).toEqual({ users: [{ account: { balance: null } }, { account: { balance: null } }] });
    expect(errors?.map(({ path }) => path)).toEqual(expect.arrayContaining([["users", 1, "account", "balance"]]));
  });

  it("tells what did not answer without a word of its own", async () => {
    const down = federation({
      async intercept(_subgraph, { query }, answer) {
        if (query.includes("_entities")) {
          throw new Error("down");
        }
        return answer();
      },
    });
    const response = await down.execute(USERS, { count: 2, different: 2 });
    expect(response.extensions?.completeness).toEqual([
      { subgraph: "a", outcome: "answered", paths: [["users"]] },
      { subgraph: "a", outcome: "unreachable", paths: [["users", "*", "account", "balance"]] },
    ]);
    expect(JSON.stringify(response)).not.toMatch(/ctx|keys of/);
  });

  it("fills in an event of a subscription by what the event says", async () => {
    const feed = new EventFeed();
    const { gateway } = federation({ subscribe: async (request) => feed.open(request) });
    const outcome = await gateway.subscribe({
      query: "subscription { changed { account { balance twin { balance } } } }",
      requestId: "request-1",
      timeoutMs: 5_000,
      signal: new AbortController().signal,
      allowMutation: true,
    });
    if (outcome.kind !== "stream") {
      throw new Error(`no stream: ${JSON.stringify(outcome.response)}`);
    }
    const results = outcome.results[Symbol.asyncIterator]();
    for (const currency of ["CNY", "EUR"]) {
      const account = { __typename: "Account", id: "1" };
      feed.push({ data: { changed: { __typename: "User", currency, account } } });
      expect(JSON.parse(JSON.stringify((await results.next()).value))).toMatchObject({
        data: { changed: { account: { balance: `1 ${currency}`, twin: { balance: `1${currency} ${currency}` } } } },
      });
    }
  });

  it.each([
    ["does not say what its objects are", { __typename: undefined }],
    ["says that they are what sets no context", { __typename: 7 }],
    ["sends what is no value", { currency: JSON.parse(`${"[".repeat(100)}${"]".repeat(100)}`) }],
  ])("does not guess where a subgraph %s", async (_what, sent) => {
    const { execute, calls } = federation({
      async intercept(_subgraph, { query }, answer) {
        const response = await answer();
        if (query.includes("_entities")) {
          return response;
        }
        const user = { __typename: "User", currency: "CNY", account: { __typename: "Account", id: "1" }, ...sent };
        return { data: { _c_users: [user] } };
      },
    });
    const { data, errors } = await execute("{ users(count: 1, different: 1) { account { balance } } }");
    expect(data).toEqual({ users: [{ account: { balance: null } }] });
    expect(errors).toMatchObject([{ path: ["users", 0, "account", "balance"], extensions: { code: "INTERNAL" } }]);
    expect(calls).toHaveLength(1);
  });
});
