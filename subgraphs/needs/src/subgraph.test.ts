import { NeedCategory } from "@alliance-hub/shared/code-lists/need-category";
import { HistoryEntry } from "@alliance-hub/shared/database/history-entry.entity";
import { makeGlobalId } from "@alliance-hub/shared/global-id";
import { makeMoney } from "@alliance-hub/shared/money";
import { makeHousehold, makeNeed, makeNeedItem, NEEDS_NOW, VILLAGE } from "@alliance-hub/tests/kit/fixtures/needs";
import { openSubgraph, type SubgraphUnderTest } from "@alliance-hub/tests/kit/subgraph-under-test";
import { Household } from "./household/household.entity";
import { Need } from "./need/need.entity";
import { NeedStatus } from "./need/need-lists";
import { NeedItem } from "./need-item/need-item.entity";
import { createNeedsSubgraph } from "./subgraph";

const ENTITIES = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) {
    __typename
    ... on Need { id status }
    ... on NeedItem { id remaining need { id } }
    ... on Household { id version history { version } }
    ... on AdminDivision { code publishedNeeds(first: 5) { totalCount nodes { id } } }
  }
}`;

const WHOLE_NEED = `query ($id: ID!) {
  need(id: $id) {
    __typename id ownerMember version createdAt updatedAt sourceSystem sourceId
    subject { __typename ... on Household { id } ... on AdminDivision { code } }
    village { code } township { code }
    category title publicDescription urgency origin status statusReason noticeEndsAt publishedAt expiresAt
    items { id requested held committed delivered confirmed remaining }
    coverage {
      requestedValue { amountMinor } heldValue { amountMinor } committedValue { amountMinor }
      deliveredValue { amountMinor } confirmedValue { amountMinor } committedBp level
    }
    mergedInto { id }
    history { version at organization role changedFields }
  }
}`;

describe("createNeedsSubgraph()", () => {
  let staff: SubgraphUnderTest;
  let everybody: SubgraphUnderTest;
  const household = makeHousehold();
  const need = makeNeed({
    householdId: household.id,
    status: NeedStatus.PUBLISHED,
    statusReason: "an officer's remark",
    description: "the family's own words",
    publicDescription: "School things.",
    noticeEndsAt: new Date("2026-09-30T00:00:00.000Z"),
    sourceSystem: "archives",
    sourceId: "77",
  });
  const item = makeNeedItem(need, {
    requested: "10.5",
    held: "1.25",
    committed: "4",
    delivered: "2",
    confirmed: "1.000001",
    unitValue: makeMoney(100n),
  });
  const needByStatus = new Map<NeedStatus, Need>(
    Object.values(NeedStatus)
      .filter((status) => status !== NeedStatus.PUBLISHED)
      .map((status) => [
        status,
        makeNeed({ status, mergedIntoId: status === NeedStatus.MERGED ? need.id : null, villageCode: "430224101201" }),
      ]),
  );
  const draftItem = makeNeedItem(needByStatus.get(NeedStatus.DRAFT) ?? need);

  beforeAll(async () => {
    staff = await openSubgraph("needs", createNeedsSubgraph, { clock: () => NEEDS_NOW });
    const { manager } = staff.subgraph.database;
    const { url } = staff.subgraph.database.options as { url: string };
    everybody = await openSubgraph("needs", createNeedsSubgraph, { callers: "public", databaseUrl: url });
    await manager.insert(Household, household);
    await manager.insert(Need, need);
    await manager.insert(Need, [...needByStatus.values()]);
    await manager.insert(NeedItem, [item, draftItem]);
    await manager.insert(HistoryEntry, {
      entityId: need.id,
      version: 1,
      at: NEEDS_NOW,
      organization: "demo",
      role: "DEMO",
      changedFields: ["status"],
    });
    await manager.insert(HistoryEntry, {
      entityId: household.id,
      version: 1,
      at: NEEDS_NOW,
      organization: "demo",
      role: "DEMO",
      changedFields: ["status"],
    });
  });

  afterAll(async () => {
    await everybody.close();
    await staff.close();
  });

  const seenByEverybody = {
    __typename: "Need",
    id: need.id,
    ownerMember: "yanling-county",
    version: 1,
    createdAt: NEEDS_NOW.toISOString(),
    updatedAt: NEEDS_NOW.toISOString(),
    sourceSystem: "archives",
    sourceId: "77",
    subject: null,
    village: null,
    township: { code: "430225102" },
    category: NeedCategory.STUDY_SUPPORT,
    title: "助学",
    publicDescription: "School things.",
    urgency: "NORMAL",
    origin: "OFFICER",
    status: "PUBLISHED",
    statusReason: null,
    noticeEndsAt: "2026-09-30T00:00:00.000Z",
    publishedAt: "2026-10-01T00:00:00.000Z",
    expiresAt: "2026-12-30T00:00:00.000Z",
    items: [
      {
        id: item.id,
        requested: "10.5",
        held: "1.25",
        committed: "4",
        delivered: "2",
        confirmed: "1.000001",
        remaining: "5.25",
      },
    ],
    coverage: {
      requestedValue: { amountMinor: "1050" },
      heldValue: { amountMinor: "125" },
      committedValue: { amountMinor: "400" },
      deliveredValue: { amountMinor: "200" },
      confirmedValue: { amountMinor: "100" },
      committedBp: 3809,
      level: "PARTIAL",
    },
    mergedInto: null,
    history: [
      { version: 1, at: NEEDS_NOW.toISOString(), organization: "demo", role: "DEMO", changedFields: ["status"] },
    ],
  };

  it("shows everybody a published need without household, village and reason", async () => {
    const { data, errors } = await everybody.ask(WHOLE_NEED, { id: need.id });
    expect(errors).toBeUndefined();
    expect(data).toEqual({ need: seenByEverybody });
  });

  it("shows staff the village, the reason and that it is a household's", async () => {
    const { data, errors } = await staff.ask(WHOLE_NEED, { id: need.id });
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      need: {
        ...seenByEverybody,
        subject: { __typename: "Household", id: household.id },
        village: { code: VILLAGE },
        statusReason: "an officer's remark",
      },
    });
  });

  it("shows everybody whose need it is when it is a village's own", async () => {
    const own = needByStatus.get(NeedStatus.CLOSED);
    const { data } = await everybody.ask(WHOLE_NEED, { id: own?.id });
    expect(data).toMatchObject({
      need: { subject: { __typename: "AdminDivision", code: "430224101201" }, village: null },
    });
  });

  it("has nothing personal in the schema", () => {
    const household = staff.subgraph.schema.getType("Household");
    const fields = household !== undefined && "getFields" in household ? Object.keys(household.getFields()) : [];
    expect(fields.sort()).toEqual(["createdAt", "history", "id", "ownerMember", "updatedAt", "version"]);
    const needType = staff.subgraph.schema.getType("Need");
    expect(needType !== undefined && "getFields" in needType && Object.keys(needType.getFields())).not.toContain(
      "description",
    );
  });

  it("leads from a merged need to the one that took its place", async () => {
    const merged = needByStatus.get(NeedStatus.MERGED);
    const { data } = await staff.ask("query ($id: ID!) { need(id: $id) { mergedInto { id } } }", { id: merged?.id });
    expect(data).toEqual({ need: { mergedInto: { id: need.id } } });
  });

  it("resolves references of every entity for staff", async () => {
    const { data, errors } = await staff.ask(ENTITIES, {
      representations: [
        { __typename: "NeedItem", id: draftItem.id },
        { __typename: "Household", id: household.id },
        { __typename: "AdminDivision", code: "430200" },
        { __typename: "AdminDivision", code: VILLAGE },
        { __typename: "AdminDivision", code: "430224" },
        { __typename: "AdminDivision", code: "nowhere" },
        { __typename: "Need", id: makeGlobalId("yanling-county", "Need") },
        { __typename: "NeedItem", id: "no id at all" },
      ],
    });
    expect(errors).toBeUndefined();
    const published = { totalCount: 1, nodes: [{ id: need.id }] };
    expect(data).toEqual({
      _entities: [
        { __typename: "NeedItem", id: draftItem.id, remaining: "10", need: { id: draftItem.needId } },
        { __typename: "Household", id: household.id, version: 1, history: [{ version: 1 }] },
        { __typename: "AdminDivision", code: "430200", publishedNeeds: published },
        { __typename: "AdminDivision", code: VILLAGE, publishedNeeds: published },
        { __typename: "AdminDivision", code: "430224", publishedNeeds: { totalCount: 0, nodes: [] } },
        null,
        null,
        null,
      ],
    });
  });

  it("resolves for everybody no household, no item of a hidden need, and no needs of one village", async () => {
    const { data, errors } = await everybody.ask(ENTITIES, {
      representations: [
        { __typename: "NeedItem", id: draftItem.id },
        { __typename: "NeedItem", id: item.id },
        { __typename: "Household", id: household.id },
        { __typename: "AdminDivision", code: VILLAGE },
        { __typename: "AdminDivision", code: "430225102" },
      ],
    });
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      _entities: [
        null,
        { __typename: "NeedItem", id: item.id, remaining: "5.25", need: { id: need.id } },
        null,
        { __typename: "AdminDivision", code: VILLAGE, publishedNeeds: null },
        { __typename: "AdminDivision", code: "430225102", publishedNeeds: { totalCount: 1, nodes: [{ id: need.id }] } },
      ],
    });
  });

  it("finds a household for staff only", async () => {
    const query = "query ($id: ID!) { household(id: $id) { id ownerMember } }";
    expect((await staff.ask(query, { id: household.id })).data).toEqual({
      household: { id: household.id, ownerMember: "yanling-county" },
    });
    expect((await staff.ask(query, { id: makeGlobalId("yanling-county", "Household") })).data).toEqual({
      household: null,
    });
    for (const id of [household.id, makeGlobalId("yanling-county", "Household")]) {
      const refused = await everybody.ask(query, { id });
      expect(refused.data).toEqual({ household: null });
      expect(refused.errors?.[0]?.extensions).toMatchObject({ code: "UNAUTHENTICATED" });
    }
  });

  it.each<[string, string, Record<string, unknown>, Record<string, unknown>]>([
    [
      "an id of another kind",
      "query ($id: ID!) { need(id: $id) { id } }",
      { id: item.id },
      { code: "BAD_USER_INPUT", fields: ["id"] },
    ],
    [
      "no id",
      "query ($id: ID!) { household(id: $id) { id } }",
      { id: "x" },
      { code: "BAD_USER_INPUT", fields: ["id"] },
    ],
    ["a page of 1000", "{ needs(first: 1000) { totalCount } }", {}, { code: "LIMIT_EXCEEDED", limit: "first" }],
    ["a page of none", "{ publishedNeeds(last: 0) { totalCount } }", {}, { code: "BAD_USER_INPUT", fields: ["last"] }],
    [
      "no cursor",
      `{ publishedNeeds(after: "bm9wZQ") { totalCount } }`,
      {},
      { code: "BAD_USER_INPUT", fields: ["after"] },
    ],
    [
      "no division code",
      `{ needs(filter: { divisionPrefix: "43" }) { totalCount } }`,
      {},
      { code: "IDENTIFIER_INVALID", kind: "DivisionCode" },
    ],
    ["no category", "{ needs(filter: { category: MONEY }) { totalCount } }", {}, { code: "BAD_USER_INPUT" }],
  ])("refuses %s with a code of the catalogue", async (_what, query, variables, extensions) => {
    const { errors } = await staff.ask(query, variables);
    expect(errors?.[0]?.extensions).toMatchObject(extensions);
  });
});
