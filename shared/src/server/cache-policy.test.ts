import { buildSchema, parse } from "graphql";
import { readMaxAge } from "./cache-policy";

const SCHEMA = buildSchema(`
  directive @cacheControl(maxAge: Int!) on OBJECT | FIELD_DEFINITION
  type Query {
    place: Place
    places: [Place!]! @cacheControl(maxAge: 30)
    person: Person
    count: Int
    total: Int @cacheControl(maxAge: 20)
    _entities(representations: [String!]!): [_Entity]!
  }
  type Mutation { place: Place }
  union _Entity = Place | Person
  type Place @cacheControl(maxAge: 300) { name: String parent: Place weather: Int @cacheControl(maxAge: 5) mayor: Person }
  type Person { name: String }
`);

describe("readMaxAge()", () => {
  it.each([
    ["{ place { name } }", 300],
    ["{ place { name parent { name __typename } } }", 300],
    ["{ place { name weather } }", 5],
    ["{ place { mayor { name } } }", 0],
    ["{ places { name } }", 30],
    ["{ person { name } }", 0],
    ["{ place { name } person { name } }", 0],
    ["{ count }", 0],
    ["{ total }", 20],
    ["{ __typename }", 0],
    ["{ place { ...P } } fragment P on Place { name mayor { name } }", 0],
    ["mutation { place { name } }", 0],
    ['{ _entities(representations: [""]) { __typename ... on Place { name } } }', 300],
    ['{ _entities(representations: [""]) { ... on Place { name weather } } }', 5],
    ['{ _entities(representations: [""]) { ... on Place { name } ... on Person { name } } }', 0],
    ['{ _entities(representations: [""]) { ...P } } fragment P on Place { name }', 0],
    ['{ _entities(representations: [""]) { __typename } }', 0],
  ])("is, for %s, %i seconds", (document, seconds) => {
    expect(readMaxAge(SCHEMA, parse(document))).toBe(seconds);
  });
});
