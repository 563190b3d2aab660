import fc from "fast-check";
import { canonicalJson } from "./canonical-json";

describe("canonicalJson()", () => {
  it("is the same text whatever the order of keys", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null))),
        (value) => {
          const reversed = Object.fromEntries(Object.entries(value).reverse());
          expect(canonicalJson(reversed)).toBe(canonicalJson(value));
          expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
        },
      ),
    );
  });

  it("sorts keys by code unit, leaves out undefined and writes dates as text", () => {
    expect(canonicalJson({ b: 1, a: [new Date(0), undefined], c: undefined })).toBe(
      '{"a":["1970-01-01T00:00:00.000Z",null],"b":1}',
    );
  });
});
