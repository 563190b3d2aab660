import fc from "fast-check";
import { findStructureFault, type StructureLimits } from "./answer-structure";

const NO_LIMITS: StructureLimits = { maxDepth: 1_000, maxItems: 1_000_000, maxValues: 1_000_000 };

interface Size {
  readonly depth: number;
  readonly items: number;
  readonly values: number;
}

/** The same by walking the parsed value. Values are counted by what opens and what separates them, and one for the whole. */
function measure(value: unknown): Size {
  if (typeof value !== "object" || value === null) {
    return { depth: 0, items: 1, values: 1 };
  }
  const parts = Object.values(value);
  const sizes = parts.map(measure);
  return {
    depth: 1 + Math.max(0, ...sizes.map(({ depth }) => depth)),
    items: Math.max(1, parts.length, ...sizes.map(({ items }) => items)),
    values: 2 + Math.max(0, parts.length - 1) + sizes.reduce((sum, { values }) => sum + values - 1, 0),
  };
}

describe("findStructureFault()", () => {
  it("finds of any JSON what walking it finds: just within passes, just over does not", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(0, 2), (value, indent) => {
        const { depth, items, values } = measure(JSON.parse(JSON.stringify(value)));
        const text = JSON.stringify(value, undefined, indent);
        expect(findStructureFault(text, { maxDepth: depth, maxItems: items, maxValues: values })).toBeUndefined();
        expect(findStructureFault(text, { ...NO_LIMITS, maxDepth: depth - 1 })).toBe(depth > 0 ? "depth" : undefined);
        expect(findStructureFault(text, { ...NO_LIMITS, maxItems: items - 1 })).toBe(items > 1 ? "items" : undefined);
        if (values > 1) {
          expect(findStructureFault(text, { ...NO_LIMITS, maxValues: values - 1 })).toBe("values");
        }
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['"[[[[,,,,"', undefined],
    [String.raw`"\"[[[[,,,,\\"`, undefined],
    [String.raw`"\\",[[[[`, "depth"],
    ['"[[[[', undefined],
    ["]]]]]]", undefined],
    ["[[[", "depth"],
    ["[1,2,3,4]", "items"],
    ['{"a":[1,2],"b":[1,2],"c":[1]}', "values"],
  ])("looks at %s and says %s", (text, fault) => {
    expect(findStructureFault(text, { maxDepth: 2, maxItems: 3, maxValues: 7 })).toBe(fault);
  });

  it("follows any text without failing", () => {
    const texts = fc.string({ unit: fc.constantFrom("[", "]", "{", "}", ",", '"', "\\", "x"), maxLength: 200 });
    fc.assert(
      fc.property(texts, (text) => {
        expect([undefined, "depth", "items", "values"]).toContain(
          findStructureFault(text, { maxDepth: 3, maxItems: 3, maxValues: 20 }),
        );
      }),
    );
  });
});
