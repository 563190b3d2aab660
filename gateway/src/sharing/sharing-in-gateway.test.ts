import { createFederation } from "@alliance-hub/tests/kit/federation";

const PEOPLE = ["1", "2", "3"].map((id) => ({ __typename: "Person", id, name: `P${id}` }));

function createPeople() {
  return createFederation({
    names: {
      typeDefs: `type Query { people(ids: [ID!]!): [Person!]! } type Person @key(fields: "id") { id: ID! name: String }`,
      resolvers: {
        Query: {
          people: (_: unknown, { ids }: { ids: string[] }) => PEOPLE.filter(({ id }) => ids.includes(id)),
        },
      },
    },
    ages: {
      typeDefs: `type Query { oldest: Int } type Person @key(fields: "id") { id: ID! age(unit: String): Int }`,
      resolvers: {
        Person: {
          age({ id }: { id: string }) {
            if (id === "2") {
              throw new Error("no age");
            }
            return Number(id) * 20;
          },
        },
      },
    },
  });
}

const QUERY = "query ($ids: [ID!]!) { people(ids: $ids) { age } }";
const PUBLIC = { authorizationClass: "public" };

describe("a gateway that is asked several things at once", () => {
  it("asks for all their entities in one request, and tells each its own errors at its own paths", async () => {
    const { execute, calls } = createPeople();
    const answers = await Promise.all([
      execute(QUERY, { ids: ["1", "3"] }, PUBLIC),
      execute(QUERY, { ids: ["2", "3"] }, PUBLIC),
      execute(QUERY, { ids: ["1", "2"] }, PUBLIC),
    ]);
    expect(answers.map(({ data }) => data)).toEqual([
      { people: [{ age: 20 }, { age: 60 }] },
      { people: [{ age: null }, { age: 60 }] },
      { people: [{ age: 20 }, { age: null }] },
    ]);
    expect(answers.map(({ errors }) => errors?.map(({ path }) => path))).toEqual([
      undefined,
      [["people", 0, "age"]],
      [["people", 1, "age"]],
    ]);
    expect(calls.filter(({ subgraph }) => subgraph === "ages").map(({ variables }) => variables)).toEqual([
      { representations: ["1", "3", "2"].map((id) => ({ __typename: "Person", id })) },
    ]);
  });

  it("never puts callers of two classes, or without one, together", async () => {
    const { execute, calls } = createPeople();
    await Promise.all(
      [PUBLIC, { authorizationClass: "staff" }, {}, {}].map((who, index) =>
        execute(QUERY, { ids: [index % 2 === 0 ? "1" : "3"] }, who),
      ),
    );
    expect(calls.filter(({ subgraph }) => subgraph === "ages")).toHaveLength(4);
    expect(calls.filter(({ subgraph }) => subgraph === "names")).toHaveLength(4);
  });
});
