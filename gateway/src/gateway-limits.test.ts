import pino from "pino";
import { composeSupergraph } from "./composition/compose-supergraph";
import { createGateway, type GatewayOptions } from "./gateway";
import type { GatewayResponse } from "./request/graphql-request";

const SDL = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@cost", "@listSize"])
  type Query { secretRow: Row rows(first: Int): [Row!] strict(take: Int): [Row!] @listSize(slicingArguments: ["take"]) }
  type Row { hiddenName: Int rows(first: Int): [Row!] }
  enum Colour { CRIMSON }
`;

function createSubject(options: Partial<GatewayOptions> = {}) {
  const { supergraphSdl = "" } = composeSupergraph([{ name: "rows", url: "http://rows.test", sdl: SDL }]);
  const queries: string[] = [];
  const gateway = createGateway({
    supergraphSdl,
    transports: new Map([
      [
        "rows",
        {
          async execute({ query }) {
            queries.push(query);
            return { data: {} };
          },
          async close() {},
        },
      ],
    ]),
    log: pino({ level: "silent" }),
    ...options,
  });
  const execute = (query: string, variables?: Record<string, unknown>): Promise<GatewayResponse> =>
    gateway.execute({
      query,
      variables,
      requestId: "request-1",
      deadlineAtMs: Date.now() + 5_000,
      signal: new AbortController().signal,
      allowMutation: true,
    });
  return { execute, queries };
}

const QUERY = "query ($n: Int) { rows(first: $n) { rows(first: 10) { hiddenName } } }";

const rows = (levels: number) => `{ ${"rows(first: 1) { ".repeat(levels - 1)}hiddenName${" }".repeat(levels)}`;

describe("createGateway(), limits", () => {
  it.each<[limit: string, maximum: number, write: (count: number) => string]>([
    ["tokens", 5_000, (count) => `{ secretRow { hiddenName } }\n${"#\n".repeat(count - 6)}`],
    ["brackets", 50, (count) => `{ secretRow { ${"... { ".repeat(count - 2)}hiddenName${" }".repeat(count)}`],
    ["depth", 20, rows],
    [
      "aliases",
      100,
      (count) => `{ secretRow { ${Array.from({ length: count }, (_, i) => `a${i}: hiddenName`).join(" ")} } }`,
    ],
    ["rootFields", 50, (count) => `{ ${"__typename ".repeat(count)} }`],
    [
      "directives",
      200,
      (count) => `{ secretRow { hiddenName ${"... @include(if: true) { hiddenName } ".repeat(count)} } }`,
    ],
  ])(
    "refuses one more than the limit of %s, which is %d unless it is told otherwise",
    async (limit, maximum, write) => {
      const { execute, queries } = createSubject();
      expect((await execute(write(maximum))).errors).toBeUndefined();
      const asked = queries.length;
      expect((await execute(write(maximum + 1))).errors).toMatchObject([
        { extensions: { code: "LIMIT_EXCEEDED", retryable: false, limit } },
      ]);
      expect(queries).toHaveLength(asked);
    },
  );
});

describe("createGateway(), maxCost", () => {
  it("answers what costs as much as the limit and refuses one more before a subgraph is asked", async () => {
    const { execute, queries } = createSubject({ maxCost: 110 });
    expect((await execute(QUERY, { n: 10 })).errors).toBeUndefined();
    expect(queries).toHaveLength(1);
    const refused = await execute(QUERY, { n: 11 });
    expect(refused).toMatchObject({
      kind: "request-error",
      errors: [{ extensions: { code: "LIMIT_EXCEEDED", retryable: false, limit: "cost" } }],
    });
    expect(refused).not.toHaveProperty("data");
    expect(queries).toHaveLength(1);
  });

  it("has a limit without being told one", async () => {
    const { execute } = createSubject();
    expect((await execute(QUERY, { n: 4_545 })).errors).toBeUndefined();
    expect((await execute(QUERY, { n: 4_546 })).errors?.[0]?.extensions).toMatchObject({ limit: "cost" });
    expect((await execute(QUERY, { n: 2 ** 31 - 1 })).errors?.[0]?.extensions).toMatchObject({ limit: "cost" });
  });

  it("refuses a list without the slicing argument that its subgraph requires", async () => {
    const { execute, queries } = createSubject();
    expect((await execute("{ strict { hiddenName } }")).errors?.[0]?.extensions).toMatchObject({
      code: "BAD_USER_INPUT",
      fields: ["take"],
    });
    expect(queries).toEqual([]);
    expect((await execute("{ strict(take: 1) { hiddenName } }")).errors).toBeUndefined();
  });

  it("tells the cost only when it is meant to", async () => {
    expect(await createSubject().execute(QUERY, { n: 1 })).not.toHaveProperty("extensions");
    expect((await createSubject({ tellsCost: true }).execute(QUERY, { n: 1 })).extensions).toEqual({ cost: 11 });
  });
});

describe("createGateway(), introspection", () => {
  it.each([
    "{ __schema { queryType { name } } }",
    '{ __type(name: "Row") { name } }',
    "{ ...F } fragment F on Query { __schema { description } }",
  ])("is closed to %s when it is not wanted", async (query) => {
    const closed = await createSubject({ introspection: false }).execute(query);
    expect(closed.kind).toBe("request-error");
    expect(closed.errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT" });
    expect((await createSubject().execute(query)).errors).toBeUndefined();
  });

  it("leaves __typename where it is", async () => {
    expect((await createSubject({ introspection: false }).execute("{ __typename }")).data).toEqual({
      __typename: "Query",
    });
  });

  it.each([
    ["{ secretRo { hiddenName } }", "secretRow"],
    ["{ secretRow { hiddenNam } }", "hiddenName"],
    ["{ rows(firts: 1) { hiddenName } }", "first"],
    ["{ secretRow }", "{ ... }"],
    ["{ secretRow { ... on Rov { hiddenName } } }", "Row"],
    ["query ($n: In) { rows(first: $n) { hiddenName } }", "Int"],
  ])("suggests no names for %s when the schema is closed", async (query, name) => {
    const told = JSON.stringify((await createSubject().execute(query)).errors);
    expect(told).toContain(name);
    const { errors } = await createSubject({ introspection: false }).execute(query);
    const messages = (errors ?? []).map(({ message }) => message).join("\n");
    expect(messages).not.toBe("");
    expect(messages).not.toMatch(/did you mean/i);
  });
});
