import { invariant } from "@alliance-hub/shared/invariant";
import { parseFieldSet } from "../composition/field-set";
import { ContextModel } from "../planning/contexts/context-model";
import { TypeConditions } from "../planning/type-conditions";
import { type Ancestor, listAncestors, readContextValue } from "./context-value";
import { toLeafData } from "./leaf-data";
import { createObjectData, isObjectData, type ObjectData } from "./object-data";
import { extendPath } from "./response-path";

const model = new ContextModel(
  {
    fields: [],
    keyGraphs: [],
    setters: new Map([["c", new Set(["A", "I"])]]),
    fieldTypes: new Map(),
    ambiguousNames: new Set(["q"]),
    prefix: "_ctx_",
  },
  new TypeConditions(new Set(["A", "B", "C"]), new Map([["I", new Set(["B"])]])),
);

function argumentOf(text: string) {
  const selection = parseFieldSet(text);
  invariant(selection, "a selection");
  return { name: "x", type: "String", context: "c", selection };
}

function object(fields: Readonly<Record<string, unknown>>): ObjectData {
  const data = createObjectData();
  for (const [key, value] of Object.entries(fields)) {
    data[key] = key === "__typename" ? value : toData(value);
  }
  return data;
}

function toData(value: unknown): unknown {
  if (Array.isArray(value) && value.flat(3).some(isObjectData)) {
    return value.map(toData);
  }
  return value === undefined || isObjectData(value) ? value : toLeafData(value);
}

function above(typeName: string | undefined, fields: Readonly<Record<string, unknown>> = {}): Ancestor {
  return { data: object(fields), typeName, path: ["at", 0] };
}

const read = (ancestors: readonly Ancestor[], selection = "{ p }") =>
  readContextValue(argumentOf(selection), ancestors, model).value;

describe("readContextValue()", () => {
  it("takes the nearest object that sets the context, under whichever name its value stands", () => {
    expect(read([above("C", { p: 0 }), above("A", { p: 1 }), above("A", { p: 2 })])).toBe(1);
    expect(read([above("A", { p: 1, _ctx_1_A_p: 2 })])).toBe(2);
    expect(read([above("B", { _ctx_1_I_p: 3 }), above("A", { p: 1 })])).toBe(3);
    expect(read([above("A", { p: null }), above("A", { p: 2 })])).toBeNull();
  });

  it("does not take a field's own name for its value where that may have other arguments", () => {
    expect(read([above("A", { q: 1 })], "{ q }")).toBeNull();
    expect(read([above("A", { q: 1, _ctx_1_A_q: 2 })], "{ q }")).toBe(2);
  });

  it("does not go further up where the nearest one's did not arrive, and says where that would be told", () => {
    const ancestors = [above("A"), above("A", { p: 2 })];
    expect(readContextValue(argumentOf("{ p }"), ancestors, model)).toEqual({
      value: null,
      sources: [
        ["at", 0, "_ctx_1_A_p"],
        ["at", 0, "_ctx_1_I_p"],
        ["at", 0, "p"],
      ],
    });
    expect(read([above("C", { p: 1 })])).toBeNull();
  });

  it("is unknown where nobody knows which one is the nearest", () => {
    expect(read([above(undefined, { p: 1 }), above("A", { p: 2 })])).toBeUndefined();
  });

  it("follows the selection into objects and lists, and keeps nulls", () => {
    const data = [object({ q: "x" }), null, [object({ q: null })]];
    expect(read([above("A", { p: data })], "{ p { q } }")).toEqual(["x", null, [null]]);
    expect(read([above("A", { p: [object({})] })], "{ p { q } }")).toEqual([null]);
    expect(read([above("A", { p: "no object" })], "{ p { q } }")).toBeUndefined();
  });

  it("is null for a type that the selection has no fragment for", () => {
    const selection = "... on A { p } ... on C { q }";
    expect(read([above("B", { p: 1 })], selection)).toBeNull();
    expect(read([above("A", { p: 1 })], selection)).toBe(1);
  });

  it("does not take what cannot be printed as JSON again", () => {
    const deep: unknown = JSON.parse(`${"[".repeat(100)}${"]".repeat(100)}`);
    expect(read([above("A", { p: deep })])).toBeUndefined();
    expect(read([above("A", { p: Number.POSITIVE_INFINITY })])).toBeUndefined();
  });

  it("knows an object's type without asking for it under another name", () => {
    expect(read([above("A")], "{ __typename }")).toBe("A");
  });
});

describe("listAncestors()", () => {
  it("lists the objects of a path without the last one, nearest first", () => {
    const inner = object({ __typename: "B", last: object({}) });
    const root = object({ list: [[inner]] });
    const path = ["list", 0, 0, "last"].reduce<ReturnType<typeof extendPath> | undefined>(extendPath, undefined);
    expect(listAncestors(root, "Query", path)).toEqual([
      { data: inner, typeName: "B", path: ["list", 0, 0] },
      { data: root, typeName: "Query", path: [] },
    ]);
  });
});
