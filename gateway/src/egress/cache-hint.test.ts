import { readCacheHint } from "./cache-hint";

describe("readCacheHint()", () => {
  it.each([
    ["public, max-age=60", {}, 60],
    ["max-age=60, public", {}, 60],
    ["Public , Max-Age=60", {}, 60],
    ["public, max-age=60, must-revalidate", {}, 60],
    ["public, max-age=60", { age: "20" }, 40],
    ["public, max-age=60, s-maxage=10", {}, 10],
    ["public, max-age=60, s-maxage=100", {}, 60],
    ["public, max-age=60", { vary: "Accept, accept-encoding, Origin" }, 60],
  ])("takes %s with %j", (control, more, seconds) => {
    expect(readCacheHint(200, { "cache-control": control, ...more })).toEqual({ maxAgeMs: seconds * 1_000 });
  });

  it("reads a header that was sent in parts", () => {
    const headers = { "cache-control": ["public", "max-age=60"], age: ["1"] } as unknown as { "cache-control": string };
    expect(readCacheHint(200, headers)).toEqual({ maxAgeMs: 59_000 });
  });

  it.each([
    ["max-age=60", {}],
    ["public", {}],
    ["private, max-age=60", {}],
    ["public, private, max-age=60", {}],
    ['public, private="x-a", max-age=60', {}],
    ["public, max-age=60, no-store", {}],
    ["public, max-age=60, no-cache", {}],
    ['public, max-age=60, no-cache="set-cookie"', {}],
    ["public, max-age=0", {}],
    ["public, max-age=-1", {}],
    ["public, max-age=1e3", {}],
    ["public, max-age=", {}],
    ["public, max-age", {}],
    ['public, max-age="60"', {}],
    ["public, max-age=9999999999999", {}],
    ["public, max-age=60, max-age=90", {}],
    ["public, max-age=60, s-maxage=0", {}],
    ["public, max-age=60, s-maxage=x", {}],
    ["publicity, max-age=60", {}],
    ["public; max-age=60", {}],
    ["", {}],
    ["public, max-age=60", { age: "60" }],
    ["public, max-age=60", { age: "x" }],
    ["public, max-age=60", { "set-cookie": ["a=b"] }],
    ["public, max-age=60", { vary: "*" }],
    ["public, max-age=60", { vary: "accept, authorization" }],
  ])("keeps nothing of %j with %j", (control, more) => {
    expect(readCacheHint(200, { "cache-control": control, ...more })).toBeUndefined();
  });

  it("keeps nothing without the header, or of a refusal", () => {
    expect(readCacheHint(200, {})).toBeUndefined();
    expect(readCacheHint(400, { "cache-control": "public, max-age=60" })).toBeUndefined();
  });
});
