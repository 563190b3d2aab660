import { makeNeed } from "@alliance-hub/tests/kit/fixtures/needs";
import { openSubgraph, type SubgraphUnderTest } from "@alliance-hub/tests/kit/subgraph-under-test";
import { createNeedsSubgraph } from "../subgraph";
import { Need } from "./need.entity";
import { NeedStatus } from "./need-lists";

const ENTITIES = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) { ... on Need { __typename id status } }
}`;

const VILLAGE_OF_PUBLISHED = "430225102222";

describe("whereVisible()", () => {
  let staff: SubgraphUnderTest;
  let everybody: SubgraphUnderTest;
  const need = makeNeed({ status: NeedStatus.PUBLISHED, villageCode: VILLAGE_OF_PUBLISHED });
  const needByStatus = new Map<NeedStatus, Need>(
    Object.values(NeedStatus)
      .filter((status) => status !== NeedStatus.PUBLISHED)
      .map((status) => [
        status,
        makeNeed({ status, mergedIntoId: status === NeedStatus.MERGED ? need.id : null, villageCode: "430224101201" }),
      ]),
  );

  beforeAll(async () => {
    staff = await openSubgraph("needs", createNeedsSubgraph);
    const { manager } = staff.subgraph.database;
    const { url } = staff.subgraph.database.options as { url: string };
    everybody = await openSubgraph("needs", createNeedsSubgraph, { callers: "public", databaseUrl: url });
    await manager.insert(Need, need);
    await manager.insert(Need, [...needByStatus.values()]);
  });

  afterAll(async () => {
    await everybody.close();
    await staff.close();
  });

  it.each(Object.values(NeedStatus))(
    "lets everybody see a need that is %s only from publication on",
    async (status) => {
      const { id } = needByStatus.get(status) ?? need;
      const isPublic = ["PUBLISHED", "SUSPENDED", "FULFILLED", "CLOSED", "EXPIRED"].includes(status);
      const query = "query ($id: ID!) { need(id: $id) { status } }";
      expect((await staff.ask(query, { id })).data).toEqual({ need: { status } });
      expect((await everybody.ask(query, { id })).data).toEqual({ need: isPublic ? { status } : null });
      const reference = { representations: [{ __typename: "Need", id }] };
      expect((await everybody.ask(ENTITIES, reference)).data).toEqual({
        _entities: [isPublic ? { __typename: "Need", id, status } : null],
      });
      const listed = await everybody.ask("query ($filter: NeedFilter) { needs(filter: $filter) { totalCount } }", {
        filter: { status },
      });
      expect(listed.data).toEqual({ needs: { totalCount: isPublic ? 1 : 0 } });
    },
  );

  it("lists to staff all needs, to everybody those that were published", async () => {
    const query = "{ needs(first: 100) { totalCount nodes { status } } publishedNeeds { totalCount nodes { id } } }";
    const published = { totalCount: 1, nodes: [{ id: need.id }] };
    const all = (await staff.ask(query)).data as { needs: { nodes: { status: string }[] } };
    expect(all).toMatchObject({ needs: { totalCount: 15 }, publishedNeeds: published });
    const visible = (await everybody.ask(query)).data as typeof all;
    expect(visible).toMatchObject({ needs: { totalCount: 5 }, publishedNeeds: published });
    expect(visible.needs.nodes.map((node) => node.status).sort()).toEqual(
      ["PUBLISHED", "SUSPENDED", "FULFILLED", "CLOSED", "EXPIRED"].sort(),
    );
  });

  it("lets everybody select by a township and only staff by a village", async () => {
    for (const list of ["needs", "publishedNeeds"]) {
      const query = `query ($division: DivisionCode) { ${list}(filter: { divisionPrefix: $division }) { nodes { id } } }`;
      const found = { [list]: { nodes: [{ id: need.id }] } };
      expect((await everybody.ask(query, { division: "430225102" })).data).toEqual(found);
      expect((await staff.ask(query, { division: VILLAGE_OF_PUBLISHED })).data).toEqual(found);
      const refused = await everybody.ask(query, { division: VILLAGE_OF_PUBLISHED });
      expect(refused.errors?.[0]?.extensions).toMatchObject({ code: "FILTER_NOT_ALLOWED", field: "divisionPrefix" });
    }
  });
});
