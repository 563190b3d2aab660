import { makeGlobalId } from "@alliance-hub/shared/global-id";
import { insertStudyProgram, makeStudyProgram } from "@alliance-hub/tests/kit/fixtures/funds";
import { openSubgraph, type SubgraphUnderTest } from "@alliance-hub/tests/kit/subgraph-under-test";
import { createFundsSubgraph } from "./subgraph";

const program = makeStudyProgram();
const { donor, project, need, study, gift, office } = program;

describe("FUNDS_SUBGRAPH.references", () => {
  let hub: SubgraphUnderTest;

  beforeAll(async () => {
    hub = await openSubgraph("funds", createFundsSubgraph, { callers: "public" });
    await insertStudyProgram(hub.subgraph.database.manager, program);
  });

  afterAll(() => hub.close());

  it("resolves references to its own rows, null for unknown ones, and adds fields to others' types", async () => {
    const { data, errors } = await hub.ask(
      `query ($representations: [_Any!]!) { _entities(representations: $representations) {
        ... on Fund { name }
        ... on Donation { receiptNumber }
        ... on Allocation { status }
        ... on Organization { id fundsManaged { totalCount nodes { name } } donationsGiven { totalCount nodes { id } } }
        ... on Need { funding { fund { name } reserved { amountMinor } committed { amountMinor currency } disbursed { amountMinor } } }
        ... on Project { funding { fund { id } committed { amountMinor } } }
      } }`,
      {
        representations: [
          { __typename: "Fund", id: study.id },
          { __typename: "Fund", id: makeGlobalId("zz-alliance", "Fund") },
          { __typename: "Donation", id: gift.id },
          { __typename: "Allocation", id: office.id },
          { __typename: "Allocation", id: "no id" },
          { __typename: "Organization", id: study.managerId },
          { __typename: "Organization", id: donor },
          { __typename: "Need", id: need },
          { __typename: "Need", id: makeGlobalId("yanling-county", "Need") },
          { __typename: "Project", id: project },
        ],
      },
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      _entities: [
        { name: "Study Program Fund" },
        null,
        { receiptNumber: "2026-0001" },
        { status: "RESERVED" },
        null,
        {
          id: study.managerId,
          fundsManaged: { totalCount: 1, nodes: [{ name: "Study Program Fund" }] },
          donationsGiven: { totalCount: 0, nodes: [] },
        },
        {
          id: donor,
          fundsManaged: { totalCount: 0, nodes: [] },
          donationsGiven: { totalCount: 1, nodes: [{ id: gift.id }] },
        },
        {
          funding: [
            {
              fund: { name: "Study Program Fund" },
              reserved: { amountMinor: "0" },
              committed: { amountMinor: "4000", currency: "CNY" },
              disbursed: { amountMinor: "1500" },
            },
          ],
        },
        { funding: [] },
        { funding: [{ fund: { id: study.id }, committed: { amountMinor: "4000" } }] },
      ],
    });
  });

  it("answers null for a row that is not there", async () => {
    const { data } = await hub.ask(
      "query ($f: ID!, $d: ID!, $a: ID!) { fund(id: $f) { id } donation(id: $d) { id } allocation(id: $a) { id } }",
      {
        f: makeGlobalId("zz-alliance", "Fund"),
        d: makeGlobalId("zz-alliance", "Donation"),
        a: makeGlobalId("zz-alliance", "Allocation"),
      },
    );
    expect(data).toEqual({ fund: null, donation: null, allocation: null });
  });
});
