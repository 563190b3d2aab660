import fc from "fast-check";
import { printJson, printString } from "./json-text";

describe("printString()", () => {
  it("prints any string as JSON.stringify does", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        expect(printString(text)).toBe(JSON.stringify(text));
      }),
    );
  });

  it.each(['"', "\\", "\n", "\u0000", "\u007f", "\u2028", "\ud800", "\udc00x", "\ud83d\ude00", "x".repeat(129), ""])(
    "prints %j as JSON.stringify does",
    (text) => {
      expect(printString(text)).toBe(JSON.stringify(text));
    },
  );
});

describe("printJson()", () => {
  it("prints any JSON value as JSON.stringify does", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(printJson(value)).toBe(JSON.stringify(value));
      }),
    );
  });

  it.each([-0, 1e21, 1e-7, 0.1, Number.MAX_SAFE_INTEGER, Number.NaN, Number.POSITIVE_INFINITY, null, true, [1, "x"]])(
    "prints %p as JSON.stringify does",
    (value) => {
      expect(printJson(value)).toBe(JSON.stringify(value));
    },
  );

  it("prints null for nothing", () => {
    expect(printJson(undefined)).toBe("null");
  });
});
