import { insertStudyProgram, makeStudyProgram } from "@alliance-hub/tests/kit/fixtures/funds";
import { openSubgraph, type SubgraphUnderTest } from "@alliance-hub/tests/kit/subgraph-under-test";
import { createFundsSubgraph } from "./subgraph";

const program = makeStudyProgram();
const { need, study, gift } = program;

describe("createFundsSubgraph() given bad input", () => {
  let hub: SubgraphUnderTest;

  beforeAll(async () => {
    hub = await openSubgraph("funds", createFundsSubgraph);
    await insertStudyProgram(hub.subgraph.database.manager, program);
  });

  afterAll(() => hub.close());

  it.each([
    ["fund's id", `fund(id: "${gift.id}") { id }`, "BAD_USER_INPUT", { fields: ["id"] }],
    ["donation's id", `donation(id: "${study.id}") { id }`, "BAD_USER_INPUT", { fields: ["id"] }],
    ["allocation's id", `allocation(id: "none") { id }`, "BAD_USER_INPUT", { fields: ["id"] }],
    [
      "fund of donations",
      `donations(filter: { fund: "${need}" }) { totalCount }`,
      "BAD_USER_INPUT",
      { fields: ["filter.fund"] },
    ],
    [
      "donor",
      `donations(filter: { donorOrganization: "${need}" }) { totalCount }`,
      "BAD_USER_INPUT",
      { fields: ["filter.donorOrganization"] },
    ],
    [
      "fund of allocations",
      `allocations(filter: { fund: "${need}" }) { totalCount }`,
      "BAD_USER_INPUT",
      { fields: ["filter.fund"] },
    ],
    [
      "project",
      `allocations(filter: { project: "${need}" }) { totalCount }`,
      "BAD_USER_INPUT",
      { fields: ["filter.project"] },
    ],
    ["page size", "funds(first: 1000) { totalCount }", "LIMIT_EXCEEDED", { limit: "first" }],
    ["empty page", "donations(first: 0) { totalCount }", "BAD_USER_INPUT", { fields: ["first"] }],
    [
      "both directions",
      "allocations(first: 1, last: 1) { totalCount }",
      "BAD_USER_INPUT",
      { fields: ["first", "last"] },
    ],
    ["cursor", `funds(after: "bm9wZQ") { totalCount }`, "BAD_USER_INPUT", { fields: ["after"] }],
    ["enum", "funds(filter: { kind: PIGGY_BANK }) { totalCount }", "BAD_USER_INPUT", {}],
  ])("refuses a wrong %s with a code of the catalogue", async (_what, field, code, details) => {
    const { errors } = await hub.ask(`{ ${field} }`);
    expect(errors?.[0]?.extensions).toMatchObject({ code, ...details });
  });

  it("refuses a cursor of another list, also under a parent", async () => {
    const page = await hub.ask("{ funds(first: 1) { pageInfo { endCursor } } }");
    const cursor = (page.data as { funds: { pageInfo: { endCursor: string } } }).funds.pageInfo.endCursor;
    const query = "query ($id: ID!, $cursor: String) { fund(id: $id) { donations(after: $cursor) { nodes { id } } } }";
    const { errors } = await hub.ask(query, { id: study.id, cursor });
    expect(errors?.[0]).toMatchObject({
      path: ["fund", "donations"],
      extensions: { code: "BAD_USER_INPUT", fields: ["after"] },
    });
  });
});
