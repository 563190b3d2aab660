import fc from "fast-check";
import { buildSchema, type GraphQLSchema, Kind, type OperationDefinitionNode, parse } from "graphql";
import { PlanKeys } from "../planning/plan-keys";
import { ResponseCompleter } from "./complete-response";
import { ErrorSink } from "./error-sink";
import { toLeafData } from "./leaf-data";
import { createObjectData, isJsonObject } from "./object-data";
import { compileResponsePrinter } from "./print-response";
import { ResponseSelection } from "./response-shape";

const schema = buildSchema(`
  enum Rank { HIGH LOW }
  scalar Anything
  interface Named { name: String! }
  union Found = Person | Place
  type Person implements Named { name: String! age: Int rank: Rank friends: [Person!] exact: Float! found: Found }
  type Place implements Named { name: String! tags: [[String!]]! anything: Anything open: Boolean! }
  type Query { person: Person! named: [Named] found: [Found!]! rank: Rank ids: [ID!] }
`);

const OPERATION = `{
  first: person { name age rank friends { name exact kind: __typename } found { ...P ... on Place { tags } } }
  named { name ... on Person { age } ... on Place { anything open } }
  found { __typename ... on Named { name } }
  rank ids __typename
}
fragment P on Person { name }`;

function createShape(source: GraphQLSchema, query: string): ResponseSelection {
  const { definitions } = parse(query);
  const operation = definitions[0] as OperationDefinitionNode;
  const fragments = new Map(
    definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [])),
  );
  const queryType = source.getQueryType();
  if (!queryType) {
    throw new Error("no query type");
  }
  return new ResponseSelection(queryType, [operation.selectionSet], {
    schema: source,
    fragments,
    planKeys: new PlanKeys(source),
    interfaceObjects: new Set(),
    conditions: {},
  });
}

/** Fields of scalar types, whose objects are leaves as well. */
const SCALARS = new Set(["anything"]);

/** As the reader of answers leaves it. */
function toData(value: unknown, key = ""): unknown {
  if (value === undefined || key === "__typename") {
    return value;
  }
  if (SCALARS.has(key)) {
    return toLeafData(value);
  }
  if (Array.isArray(value)) {
    return value.map((item) => toData(item));
  }
  return isJsonObject(value)
    ? Object.assign(
        createObjectData(),
        Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, toData(inner, name)])),
      )
    : toLeafData(value);
}

/** Values that are mostly what the schema says; `spoil` in so many cases in a hundred they are anything. */
function arbitraryData(spoil: number) {
  const damaged = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom(null, undefined, 2 ** 40, "__proto__", {}));
  const maybe = <T>(arbitrary: fc.Arbitrary<T>) =>
    spoil === 0 ? arbitrary : fc.oneof({ weight: 100 - spoil, arbitrary }, { weight: spoil, arbitrary: damaged });
  const { person } = fc.letrec((tie) => ({
    person: fc.record({
      __typename: maybe(fc.constant("Person")),
      name: maybe(fc.string({ unit: "binary" })),
      age: maybe(fc.oneof(fc.integer(), fc.constant(null))),
      rank: maybe(fc.constantFrom("HIGH", "LOW", null)),
      exact: maybe(fc.double({ noNaN: true, noDefaultInfinity: true })),
      friends: maybe(fc.oneof({ maxDepth: 2 }, fc.constant(null), fc.array(tie("person"), { maxLength: 3 }))),
      found: maybe(fc.oneof({ maxDepth: 2 }, fc.constant(null), tie("place"), tie("person"))),
    }),
    place: fc.record({
      __typename: maybe(fc.constant("Place")),
      name: maybe(fc.string()),
      tags: maybe(fc.array(fc.oneof(fc.constant(null), fc.array(maybe(fc.string()))), { maxLength: 3 })),
      anything: maybe(fc.jsonValue()),
      open: maybe(fc.boolean()),
    }),
  }));
  const { place } = {
    place: fc.record({ __typename: fc.constant("Place"), name: maybe(fc.string()), open: maybe(fc.boolean()) }),
  };
  const either = fc.oneof(person as fc.Arbitrary<unknown>, place);
  return fc.record({
    _c_first: maybe(person),
    named: maybe(fc.array(fc.oneof(either, fc.constant(null)), { maxLength: 4 })),
    found: maybe(fc.array(either, { maxLength: 4 })),
    rank: maybe(fc.constantFrom("HIGH", null)),
    ids: maybe(fc.array(fc.oneof(fc.string(), fc.integer()))),
  });
}

describe("compileResponsePrinter()", () => {
  const shape = createShape(schema, OPERATION);
  const print = compileResponsePrinter(shape);

  function complete(data: ReturnType<typeof createObjectData>) {
    const errors = new ErrorSink(false);
    const completed = new ResponseCompleter(errors, {}).completeRoot(shape, data);
    return { text: JSON.stringify(completed), errors: errors.list() };
  }

  it.each([0, 1, 10, 50])("prints what the completer completes, and nothing where it finds faults (%d %%)", (spoil) => {
    fc.assert(
      fc.property(arbitraryData(spoil), (values) => {
        const data = toData(values) as ReturnType<typeof createObjectData>;
        const plain = complete(data);
        expect(print?.(data)).toBe(plain.errors === undefined ? plain.text : undefined);
        expect(spoil === 0 && plain.errors !== undefined).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it("leaves introspection to the completer", () => {
    expect(compileResponsePrinter(createShape(schema, "{ rank __schema { __typename } }"))).toBeUndefined();
    expect(compileResponsePrinter(createShape(schema, "{ __typename }"))?.(createObjectData())).toBe(
      '{"__typename":"Query"}',
    );
  });
});
