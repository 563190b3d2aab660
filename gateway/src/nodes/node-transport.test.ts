import { makeGlobalId } from "@alliance-hub/shared/global-id";
import { HubError } from "@alliance-hub/shared/hub-error";
import { createFederation, type FederationOptions } from "@alliance-hub/tests/kit/federation";
import { SubgraphUnreachable } from "../egress/subgraph-transport";

const NEED = makeGlobalId("yanling-county", "Need");
const HIDDEN = makeGlobalId("yanling-county", "Need");
const BROKEN = makeGlobalId("yanling-county", "Need");
const MISSING = makeGlobalId("yanling-county", "Need");
const FUND = makeGlobalId("zz-alliance", "Fund");
const DIVISION = "zz-alliance.admin-division.430225";

function createAlliance(options: FederationOptions = {}) {
  return createFederation(
    {
      needs: {
        typeDefs: `
          interface Node { id: ID! }
          type Query { needs: [Need!]! }
          type Need implements Node @key(fields: "id") { id: ID! title: String! division: AdminDivision }
          type AdminDivision @key(fields: "code") { code: ID! needCount: Int! }
        `,
        resolvers: {
          Need: {
            __resolveReference: async ({ id }: { id: string }) => {
              if (id === HIDDEN) {
                throw new HubError("FORBIDDEN", "Not for you.");
              }
              if (id === BROKEN) {
                throw new Error("out of memory");
              }
              return id === NEED ? { id, title: "Winter coats", division: { code: "430225" } } : null;
            },
          },
          AdminDivision: { needCount: () => 3 },
        },
      },
      funds: {
        typeDefs: `
          interface Node { id: ID! }
          type Query { funds: [Fund!]! }
          type Fund implements Node @key(fields: "id") { id: ID! name: String! }
          type AdminDivision implements Node @key(fields: "id") @key(fields: "code") { id: ID! code: ID! name: String }
          type Need @key(fields: "id") { id: ID! raised: Int }
        `,
        resolvers: {
          Fund: { __resolveReference: ({ id }: { id: string }) => (id === FUND ? { id, name: "Spring" } : null) },
          Need: { __resolveReference: ({ id }: { id: string }) => ({ id, raised: 12 }) },
          AdminDivision: {
            __resolveReference: ({ id, code }: { id?: string; code?: string }) => ({
              id: id ?? `zz-alliance.admin-division.${code}`,
              code: code ?? id?.split(".").at(-1),
              name: "Yanling",
            }),
          },
        },
      },
    },
    { node: true, ...options },
  );
}

describe("createNodeTransport()", () => {
  it("fetches any row by its id, with fields of every subgraph", async () => {
    const { execute } = createAlliance();
    const query = `query ($need: ID!, $fund: ID!, $division: ID!) {
      need: node(id: $need) { __typename id ... on Need { title raised division { name needCount } } }
      fund: node(id: $fund) { ... on Fund { name } ... on Need { title } }
      division: node(id: $division) { ... on AdminDivision { code name needCount } }
    }`;
    expect(await execute(query, { need: NEED, fund: FUND, division: DIVISION })).toEqual({
      kind: "executed",
      operationKind: "query",
      data: {
        need: {
          __typename: "Need",
          id: NEED,
          title: "Winter coats",
          raised: 12,
          division: { name: "Yanling", needCount: 3 },
        },
        fund: { name: "Spring" },
        division: { code: "430225", name: "Yanling", needCount: 3 },
      },
    });
  });

  it("answers null without an error for a row that is not there or not for the caller", async () => {
    const { execute } = createAlliance();
    const query = "query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Need { raised } } }";
    expect(await execute(query, { ids: [MISSING, NEED, HIDDEN, NEED, FUND] })).toEqual({
      kind: "executed",
      operationKind: "query",
      data: { nodes: [null, { id: NEED, raised: 12 }, null, { id: NEED, raised: 12 }, { id: FUND }] },
    });
  });

  it("asks each home once for all ids of the operation", async () => {
    const { execute, calls } = createAlliance();
    await execute("query ($a: ID!, $b: [ID!]!) { a: node(id: $a) { id } b: nodes(ids: $b) { id } }", {
      a: NEED,
      b: [MISSING, NEED, FUND],
    });
    expect(calls.map(({ subgraph, variables }) => [subgraph, variables])).toEqual([
      ["needs", { representations: [NEED, MISSING].map((id) => ({ __typename: "Need", id })) }],
      ["funds", { representations: [{ __typename: "Fund", id: FUND }] }],
    ]);
  });

  it("tells a failing home apart from a missing row", async () => {
    const { execute } = createAlliance();
    const { data, errors } = await execute("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", { ids: [BROKEN, NEED] });
    expect(data).toEqual({ nodes: [null, { id: NEED }] });
    expect(errors).toMatchObject([{ path: ["nodes", 0], extensions: { code: "INTERNAL" } }]);
  });

  it("names the home that does not answer, and answers the rest", async () => {
    const { execute } = createAlliance({
      intercept: async (subgraph, _request, answer) => {
        if (subgraph === "needs") {
          throw new SubgraphUnreachable(subgraph, "refused", "down");
        }
        return answer();
      },
    });
    const { data, errors } = await execute("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", { ids: [NEED, FUND] });
    expect(data).toEqual({ nodes: [null, { id: FUND }] });
    expect(errors).toMatchObject([
      { path: ["nodes", 0], extensions: { code: "OWNER_UNAVAILABLE", retryable: true, subgraph: "needs" } },
    ]);
  });

  it.each([
    "7",
    "",
    "yanling-county.nothing.01m6a6ft00qt6zy05gthmb57c0",
    "yanling-county.constructor.01m6a6ft00qt6zy05gthmb57c0",
  ])("refuses the id %j at its path", async (id) => {
    const { execute } = createAlliance();
    const { data, errors } = await execute(
      "query ($id: ID!, $ids: [ID!]!) { node(id: $id) { id } nodes(ids: $ids) { id } }",
      {
        id,
        ids: [FUND, id],
      },
    );
    expect(data).toEqual({ node: null, nodes: [{ id: FUND }, null] });
    expect(errors?.map(({ path, extensions }) => [path, extensions])).toEqual([
      [["node"], { code: "BAD_USER_INPUT", retryable: false, fields: ["id"] }],
      [["nodes", 1], { code: "BAD_USER_INPUT", retryable: false, fields: ["ids"] }],
    ]);
  });

  it("takes 100 ids and refuses 101", async () => {
    const { execute } = createAlliance();
    const query = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }";
    expect((await execute(query, { ids: Array(100).fill(FUND) })).data).toEqual({
      nodes: Array(100).fill({ id: FUND }),
    });
    expect(await execute(query, { ids: Array(101).fill(FUND) })).toMatchObject({
      data: null,
      errors: [{ path: ["nodes"], extensions: { code: "LIMIT_EXCEEDED", limit: "ids" } }],
    });
  });

  it("describes node and nodes to clients", async () => {
    const { gateway } = createAlliance();
    const fields = gateway.schema.getQueryType()?.getFields();
    expect(fields?.["node"]?.description).toContain("null when there is no such row");
    expect(fields?.["nodes"]?.description).toContain("At most 100");
  });
});
