import type { OutgoingHttpHeaders } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { askGraph } from "@alliance-hub/tests/kit/graph-client";
import {
  type SharedGateway,
  type SharedGatewayOptions,
  startSharedGateway,
} from "@alliance-hub/tests/kit/shared-gateway";
import { DEFAULT_SHARING } from "./sharing";

let count = 0;
let gateway: SharedGateway;

const SUBGRAPHS = {
  names: {
    typeDefs: `
      type Query { people(first: Int): [Person!]! }
      type Mutation { count: Int! }
      type Person @key(fields: "id") { id: ID! name: String }
    `,
    resolvers: {
      Query: {
        people: (_: unknown, { first = 2 }: { first?: number }) =>
          [
            { id: "1", name: "Ann" },
            { id: "2", name: "Bob" },
          ].slice(0, first),
      },
      Mutation: { count: () => ++count },
    },
  },
  ages: {
    typeDefs: `type Query { oldest: Int } type Person @key(fields: "id") { id: ID! age: Int }`,
    resolvers: { Person: { age: ({ id }: { id: string }) => Number(id) * 20 } },
  },
};

const PEOPLE = "{ people { name age } }";
const ANSWER = {
  people: [
    { name: "Ann", age: 20 },
    { name: "Bob", age: 40 },
  ],
};

async function start(
  options: SharedGatewayOptions = {},
  agesHeaders: OutgoingHttpHeaders = {},
): Promise<SharedGateway> {
  gateway = await startSharedGateway({ ...SUBGRAPHS, ages: { ...SUBGRAPHS.ages, headers: agesHeaders } }, options);
  return gateway;
}

const joinFor = (joinMs: number) => ({ flights: { ...DEFAULT_SHARING.flights, joinMs } });

afterEach(() => gateway.close());

describe("identical requests at the same time", () => {
  it("are executed once, and all are answered", async () => {
    const { url, asked, hold } = await start({ sharing: joinFor(10_000) });
    const release = hold("names");
    const answers = Array.from({ length: 50 }, () => askGraph(url, PEOPLE));
    await gateway.untilReceived(50);
    release();
    expect(await Promise.all(answers)).toEqual(Array(50).fill({ status: 200, data: ANSWER }));
    expect(asked.map(({ subgraph }) => subgraph)).toEqual(["names", "ages"]);
  });

  it("are each executed when sharing is off", async () => {
    const { url, asked } = await start({ sharing: { requests: false, fetches: false } });
    await Promise.all([askGraph(url, PEOPLE), askGraph(url, PEOPLE)]);
    expect(asked).toHaveLength(4);
  });

  it("share fetches even when whole requests differ", async () => {
    const { url, asked, hold } = await start({ sharing: joinFor(10_000) });
    const queries = [PEOPLE, `query Other ${PEOPLE}`, `${PEOPLE} #`];
    // Planned once, so that none of the three is still being planned when the others are answered.
    for (const query of queries) {
      await askGraph(url, query);
    }
    const before = asked.length;
    const release = hold("names");
    const answers = queries.map((query) => askGraph(url, query));
    await gateway.untilReceived(6);
    await sleep(100);
    release();
    for (const { data } of await Promise.all(answers)) {
      expect(data).toEqual(ANSWER);
    }
    // The second step's begin one after the other: some may be over before others begin.
    expect(asked.slice(before).filter(({ subgraph }) => subgraph === "names")).toHaveLength(1);
  });

  it("with other variables are executed apart", async () => {
    const { url, asked } = await start({ sharing: joinFor(10_000) });
    const query = "query ($first: Int) { people(first: $first) { name } }";
    const answers = await Promise.all([1, 2].map((first) => askGraph(url, query, { first })));
    expect(answers.map(({ data }) => data?.["people"])).toEqual([
      [{ name: "Ann" }],
      ANSWER.people.map(({ name }) => ({ name })),
    ]);
    expect(asked).toHaveLength(2);
  });

  it("are answered when the first asker has gone", async () => {
    const { url, asked, hold } = await start({ sharing: joinFor(10_000) });
    const release = hold("names");
    const controller = new AbortController();
    const first = fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", "x-request-id": "first" },
      body: JSON.stringify({ query: PEOPLE }),
      signal: controller.signal,
    }).catch(() => "gone");
    await gateway.untilAsked(1);
    const second = askGraph(url, PEOPLE);
    await gateway.untilReceived(2);
    controller.abort();
    expect(await first).toBe("gone");
    await sleep(100);
    release();
    expect(await second).toEqual({ status: 200, data: ANSWER });
    expect(asked.map(({ requestId }) => requestId)).toEqual(["first", "first"]);
  });

  it("do not wait for one that hangs", async () => {
    const { url, hold } = await start({ sharing: joinFor(50) });
    const release = hold("names");
    const hanging = askGraph(url, PEOPLE);
    await gateway.untilAsked(1);
    await sleep(60);
    const answer = askGraph(url, PEOPLE);
    await gateway.untilAsked(2);
    release();
    expect(await answer).toEqual({ status: 200, data: ANSWER });
    await hanging;
  });

  it("each get what is there when their time is up", async () => {
    const { url, asked, hold } = await start({ sharing: joinFor(10_000), requestTimeoutMs: 400 });
    const release = hold("ages");
    const answers = await Promise.all([askGraph(url, PEOPLE), askGraph(url, PEOPLE), askGraph(url, PEOPLE)]);
    release();
    for (const { data, errors } of answers) {
      expect(data).toEqual({
        people: [
          { name: "Ann", age: null },
          { name: "Bob", age: null },
        ],
      });
      expect(errors?.map(({ extensions }) => extensions.code)).toEqual(["OWNER_UNAVAILABLE", "OWNER_UNAVAILABLE"]);
    }
    expect(asked).toHaveLength(2);
  });
});

describe("mutations", () => {
  it("are never shared, and a query after one gets nothing that was begun before", async () => {
    const { url, asked, hold } = await start({ sharing: joinFor(10_000) });
    const before = count;
    await Promise.all([askGraph(url, "mutation { count }"), askGraph(url, "mutation { count }")]);
    expect(count).toBe(before + 2);
    const release = hold("ages");
    const old = askGraph(url, PEOPLE);
    await gateway.untilAsked(4);
    await askGraph(url, "mutation { count }");
    const fresh = askGraph(url, PEOPLE);
    await gateway.untilAsked(7);
    release();
    expect((await old).data).toEqual(ANSWER);
    expect((await fresh).data).toEqual(ANSWER);
    expect(asked.map(({ subgraph }) => subgraph)).toEqual([
      "names",
      "names",
      "names",
      "ages",
      "names",
      "names",
      "ages",
    ]);
  });
});

describe("answers that an instance lets be kept", () => {
  const representationsAsked = () =>
    gateway.asked.flatMap(({ subgraph, variables }) =>
      subgraph === "ages" ? [(variables["representations"] as { id: string }[]).map(({ id }) => id)] : [],
    );
  const ask = async (first: number) =>
    (await askGraph(gateway.url, "query ($first: Int) { people(first: $first) { name age } }", { first })).data;

  it("are kept entity by entity, as long as it says", async () => {
    let nowMs = 0;
    const keep = { ...DEFAULT_SHARING.keep, clock: () => nowMs };
    await start({ sharing: { keep } }, { "cache-control": "max-age=60, public", age: "10" });
    expect(await ask(1)).toEqual({ people: ANSWER.people.slice(0, 1) });
    expect(await ask(2)).toEqual(ANSWER);
    expect(await ask(2)).toEqual(ANSWER);
    expect(representationsAsked()).toEqual([["1"], ["2"]]);
    nowMs = 50_000;
    expect(await ask(2)).toEqual(ANSWER);
    expect(representationsAsked()).toEqual([["1"], ["2"], ["1", "2"]]);
  });

  it.each([
    [{}, {}],
    [{}, { "cache-control": "private, max-age=60" }],
    [{}, { "cache-control": "public, max-age=60", "set-cookie": "a=b" }],
    [{ hints: false }, { "cache-control": "public, max-age=60" }],
    [{ keep: { ...DEFAULT_SHARING.keep, maxBytes: 0 } }, { "cache-control": "public, max-age=60" }],
  ])("are none with %j and %j", async (sharing, headers) => {
    await start({ sharing }, headers);
    expect([await ask(2), await ask(2)]).toEqual([ANSWER, ANSWER]);
    expect(representationsAsked()).toEqual([
      ["1", "2"],
      ["1", "2"],
    ]);
  });
});
