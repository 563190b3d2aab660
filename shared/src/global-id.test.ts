import fc from "fast-check";
import { kindOfType, makeGlobalId, ownerOf, parseGlobalId, requireGlobalId, typeOfKind } from "./global-id";
import { HubError } from "./hub-error";

const member = fc.stringMatching(/^[a-z][a-z0-9-]{1,30}$/);
const typeName = fc.constantFrom("Need", "NeedItem", "ProcurementProcess", "Organization");

describe("makeGlobalId()", () => {
  it("makes ids that parse back to owner and type", () => {
    fc.assert(
      fc.property(member, typeName, fc.integer({ min: 0, max: 2 ** 48 - 1 }), (code, type, atMs) => {
        const id = makeGlobalId(code, type, atMs);
        expect(parseGlobalId(id)).toMatchObject({ member: code, kind: kindOfType(type) });
        expect(ownerOf(id)).toBe(code);
        expect(typeOfKind(kindOfType(type))).toBe(type);
      }),
    );
  });

  it("ascends within one millisecond and never repeats", () => {
    const ids = Array.from({ length: 1_000 }, () => makeGlobalId("zz-alliance", "Need", 1_700_000_000_000));
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe("parseGlobalId()", () => {
  it("accepts a division's id by its code only", () => {
    expect(parseGlobalId("zz-alliance.admin-division.430225102")).toEqual({
      member: "zz-alliance",
      kind: "admin-division",
      key: "430225102",
    });
    expect(parseGlobalId("zz-alliance.need.430225102")).toBeUndefined();
  });

  it.each([
    "",
    "need",
    "a.need.01m6a6ft00qt6zy05gthmb57c0",
    "zz.need.81m6a6ft00qt6zy05gthmb57c0",
    "ZZ.need.01m6a6ft00qt6zy05gthmb57c0",
    `${"z".repeat(5_000)}.need.x`,
    "zz-alliance.__proto__.01m6a6ft00qt6zy05gthmb57c0",
  ])("refuses %j", (text) => {
    expect(parseGlobalId(text)).toBeUndefined();
  });
});

describe("requireGlobalId()", () => {
  it("refuses an id of another type and does not echo it", () => {
    const id = makeGlobalId("zz-alliance", "Fund");
    expect(() => requireGlobalId(id, "Need", "input.id")).toThrow(HubError);
    try {
      requireGlobalId(id, "Need", "input.id");
    } catch (error) {
      expect((error as HubError).extensions).toEqual({
        fields: ["input.id"],
        code: "BAD_USER_INPUT",
        retryable: false,
      });
      expect((error as HubError).message).not.toContain(id);
    }
  });
});
