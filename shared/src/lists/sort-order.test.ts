import fc from "fast-check";
import { HubError } from "../hub-error";
import { decodeCursor, encodeCursor, type SortOrder } from "./sort-order";

interface Row {
  id: string;
  name: string;
}

const BY_NAME: SortOrder<Row> = {
  name: "row.name",
  direction: "ASC",
  expression: "row.name",
  sqlType: "text",
  keyOf: (row) => row.name,
};
const BY_TIME: SortOrder<Row> = { ...BY_NAME, name: "row.time", sqlType: "timestamptz" };

describe("decodeCursor()", () => {
  it("gives back what encodeCursor() took", () => {
    const text = fc.string({ unit: "grapheme", maxLength: 100 }).filter((value) => !value.includes("\0"));
    fc.assert(
      fc.property(text, fc.string(), (name, id) => {
        fc.pre(!id.includes("\0"));
        expect(decodeCursor(BY_NAME, encodeCursor(BY_NAME, { id, name }), "after")).toEqual({ key: name, id });
      }),
    );
  });

  it("refuses any other text with BAD_USER_INPUT", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => decodeCursor(BY_NAME, text, "after")).toThrow(HubError);
      }),
    );
  });

  it("refuses a cursor of another list and a key of another type", () => {
    const cursor = encodeCursor(BY_NAME, { id: "x", name: "y" });
    expect(() => decodeCursor({ ...BY_NAME, name: "row.other" }, cursor, "after")).toThrow("not a cursor of this list");
    expect(() =>
      decodeCursor(BY_TIME, encodeCursor(BY_TIME, { id: "x", name: "'; DROP TABLE need" }), "after"),
    ).toThrow(HubError);
  });

  it.each([
    "2026-02-30T00:00:00.000Z",
    "0000-01-01T00:00:00.000Z",
    "2026-01-01T24:00:00.000Z",
    "2026-01-01T00:00:00Z",
    "+012026-01-01T00:00:00.000Z",
    "infinity",
  ])("refuses %s, which no list made and PostgreSQL may not read", (name) => {
    expect(() => decodeCursor(BY_TIME, encodeCursor(BY_TIME, { id: "x", name }), "after")).toThrow(HubError);
    const byDay: SortOrder<Row> = { ...BY_TIME, sqlType: "date" };
    const day = name.slice(0, 10);
    expect(decodeCursor(byDay, encodeCursor(byDay, { id: "x", name: "2024-02-29" }), "after").key).toBe("2024-02-29");
    if (day !== "2026-01-01") {
      expect(() => decodeCursor(byDay, encodeCursor(byDay, { id: "x", name: day }), "after")).toThrow(HubError);
    }
  });

  it("accepts the cursor of the longest text that an index can hold", () => {
    const row = { id: `${"m".repeat(31)}.${"k".repeat(41)}.${"0".repeat(26)}`, name: "名".repeat(901) };
    expect(decodeCursor(BY_NAME, encodeCursor(BY_NAME, row), "after").key).toBe(row.name);
  });
});
