import fc from "fast-check";
import type { RequiresNode } from "../planning/plan-node";
import { TypeConditions } from "../planning/type-conditions";
import { toLeafData } from "./leaf-data";
import { createObjectData, isJsonObject, type ObjectData } from "./object-data";
import { compileRepresentationPrinter } from "./print-representation";
import { buildRepresentation, compileRequires } from "./representation";
import type { Rewrite } from "./rewrites";

const typeConditions = new TypeConditions(new Set(["A", "B"]), new Map([["I", new Set(["A", "B"])]]));
const field = (name: string, selections?: RequiresNode[]) => ({ kind: "Field", name, selections }) as RequiresNode;
const on = (typeCondition: string, ...selections: RequiresNode[]) =>
  ({ kind: "InlineFragment", typeCondition, selections }) as RequiresNode;

/** As the reader of answers leaves it, which knows what is a leaf: here what has no name. */
function toData(value: unknown, key = ""): unknown {
  if (value === undefined || key === "__typename") {
    return value;
  }
  if (Array.isArray(value) && value.every(isJsonObject)) {
    return value.map((item) => toData(item));
  }
  return isJsonObject(value)
    ? Object.assign(
        createObjectData(),
        Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, toData(inner, name)])),
      )
    : toLeafData(value);
}

/** Deeper than any scalar may be. */
const deep: unknown = JSON.parse(`${"[".repeat(100)}${"]".repeat(100)}`);
const leaf = fc.oneof(
  fc.constantFrom("1", "1,2", 1, 2),
  fc.constant(deep),
  fc.string(),
  fc.integer(),
  fc.constant(null),
  fc.constant(undefined),
  fc.jsonValue(),
);
const nested = fc.record({ __typename: fc.constantFrom("A", undefined), x: leaf, y: leaf }, { requiredKeys: ["x"] });
const entity = fc
  .record({
    __typename: fc.constantFrom("A", "B", "I", "Other", null, undefined, 7),
    id: leaf,
    n: fc.oneof(nested, fc.array(fc.oneof(nested, fc.constant(null))), leaf),
  })
  .map((value) => toData(value) as ObjectData);

const REQUIRES: [string, RequiresNode[]][] = [
  ["one type", [on("A", field("__typename"), field("id"))]],
  ["several types", [on("A", field("__typename"), field("id")), on("B", field("__typename"), field("n"))]],
  ["types that overlap", [on("A", field("__typename"), field("id")), on("I", field("__typename"), field("id"))]],
  ["an interface", [on("I", field("__typename"), field("id"))]],
  ["objects", [on("A", field("__typename"), field("id"), field("n", [field("x"), field("y")]))]],
  ["objects of several types", [on("A", field("__typename"), field("n", [field("x"), on("A", field("y"))]))]],
  ["no type condition", [field("__typename"), field("id")]],
  ["no type", [on("A", field("id"))]],
  ["a field twice", [on("A", field("__typename"), field("id"), field("id"))]],
  ["nothing", []],
];

describe("compileRepresentationPrinter()", () => {
  it.each(REQUIRES)("prints %s as the object would be printed", (_what, requires) => {
    const required = compileRequires(requires);
    const printer = compileRepresentationPrinter(required, []);
    fc.assert(
      fc.property(entity, (data) => {
        const built = buildRepresentation(required, data, typeConditions);
        expect(printer.print(data, typeConditions)).toBe(built && JSON.stringify(built));
        expect(printer.identify(data, typeConditions) === undefined).toBe(built === undefined);
      }),
      { numRuns: 300 },
    );
  });

  it.each(REQUIRES)("identifies %s by what would be printed", (_what, requires) => {
    const printer = compileRepresentationPrinter(compileRequires(requires), []);
    fc.assert(
      fc.property(fc.array(entity, { maxLength: 5 }), (entities) => {
        const printed = entities.map((data) => printer.print(data, typeConditions));
        const identities = entities.map((data) => printer.identify(data, typeConditions));
        expect(identities.map((identity) => identities.indexOf(identity))).toEqual(
          printed.map((text) => printed.indexOf(text)),
        );
      }),
      { numRuns: 300 },
    );
  });

  it("applies the plan's rewrites", () => {
    const rewrite: Rewrite = { path: [{ types: ["A"] }, { key: "__typename" }], setTo: "B" };
    const { print } = compileRepresentationPrinter(compileRequires([on("A", field("__typename"), field("id"))]), [
      rewrite,
    ]);
    expect(print(toData({ __typename: "A", id: "1" }) as ObjectData, typeConditions)).toBe(
      '{"__typename":"B","id":"1"}',
    );
  });
});
