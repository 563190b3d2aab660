import { buildSchema, type OperationDefinitionNode, parse } from "graphql";
import { TypeConditions } from "../planning/type-conditions";
import { compileReader } from "./compile-reader";
import { createObjectData, type ObjectData } from "./object-data";
import { putFields, readEntitiesText } from "./read-text";
import { TextSelection } from "./text-selection";

const schema = buildSchema(`
  union Found = Person | Place
  type Person { id: ID rank: String friends: [Person!] }
  type Place { name: String! tags: [String!]! }
  type Query { found: [Found] }
`);
const typeConditions = new TypeConditions(
  new Set(["Person", "Place", "Query"]),
  new Map([["Found", new Set(["Person", "Place"])]]),
);

const document = parse("{ found { ... on Place { name tags } ... on Person { rank friends { id } } } }");
const reader = compileReader(document, document.definitions[0] as OperationDefinitionNode, schema).fields[0]?.selection;

describe("readEntitiesText()", () => {
  const entityReader = reader ?? { typeName: undefined, fields: [], fragments: [] };
  const entity = (typeName: string) => Object.assign(createObjectData(), { __typename: typeName });
  const read = (text: string, ...objectsOf: ObjectData[][]) =>
    readEntitiesText(
      text,
      [{ responseKey: "_entities", selection: new TextSelection(entityReader), objectsOf }],
      typeConditions,
    );

  const firstFriend = (object: ObjectData | undefined) => {
    const friends = object?.["friends"];
    return Array.isArray(friends) ? friends[0] : undefined;
  };

  const PLACE = '{"name":"a","tags":["b"]}';
  const PERSON = '{"rank":"LOW","friends":[{"id":"1"}]}';

  it("reads each entity by the type of the object that it is for", () => {
    const [entities] = read(
      `{"data":{"_entities":[${PLACE},null,${PERSON}]}}`,
      [entity("Place"), entity("Place")],
      [entity("Place")],
      [entity("Person")],
    ) ?? [[]];
    expect(entities?.map((found) => found?.object["name"] ?? found?.object["rank"])).toEqual([
      '"a"',
      undefined,
      '"LOW"',
    ]);
  });

  it.each([
    ["another number of entities", `[${PLACE}]`, [[entity("Place")], [entity("Place")]]],
    ["more entities", `[${PLACE},${PLACE}]`, [[entity("Place")]]],
    ["an entity of another type", `[${PERSON}]`, [[entity("Place")]]],
    ["objects of several types for one entity", `[${PLACE}]`, [[entity("Place"), entity("Person")]]],
    ["an object without a type", `[${PLACE}]`, [[createObjectData()]]],
    ["no list", "null", [[entity("Place")]]],
  ])("declines %s", (_what, entities, objectsOf) => {
    expect(read(`{"data":{"_entities":${entities}}}`, ...objectsOf)).toBeUndefined();
  });

  it("gives each object its own objects and lists", () => {
    const objects = [entity("Person"), entity("Person")];
    const found = read(`{"data":{"_entities":[${PERSON}]}}`, objects)?.[0]?.[0];
    objects.forEach((object, index) => {
      if (found !== null && found !== undefined) {
        putFields(found, object, index > 0);
      }
    });
    const [one, other] = objects;
    expect(one).toStrictEqual(other);
    expect(one?.["friends"]).not.toBe(other?.["friends"]);
    expect(firstFriend(one)).not.toBe(firstFriend(other));
  });
});
