import fc from "fast-check";
import { LruCache } from "./lru-cache";

describe("LruCache", () => {
  it("drops the entry that was not used for longest", () => {
    const cache = new LruCache<number>({ maxEntries: 2, maxWeight: 100 });
    cache.set("a", 1, 1);
    cache.set("b", 2, 1);
    expect(cache.get("a")).toBe(1);
    cache.set("c", 3, 1);
    expect([cache.get("a"), cache.get("b"), cache.get("c")]).toEqual([1, undefined, 3]);
  });

  it("makes room for a heavy entry, and does not keep one that is too heavy", () => {
    const cache = new LruCache<number>({ maxEntries: 10, maxWeight: 10 });
    cache.set("a", 1, 4);
    cache.set("b", 2, 4);
    cache.set("c", 3, 6);
    expect([cache.get("a"), cache.get("b"), cache.get("c")]).toEqual([undefined, 2, 3]);
    cache.set("b", 4, 11);
    expect([cache.get("b"), cache.get("c"), cache.weight]).toEqual([undefined, 3, 6]);
  });

  it("keeps undefined and null apart from what is not there", () => {
    const cache = new LruCache<null>({ maxEntries: 1, maxWeight: 1 });
    cache.set("a", null, 1);
    expect([cache.get("a"), cache.get("b")]).toEqual([null, undefined]);
  });

  it("never holds more than its bounds, and always what was set last and fits", () => {
    const act = fc.tuple(
      fc.constantFrom("a", "b", "c", "__proto__"),
      fc.nat(12),
      fc.constantFrom("set", "get", "delete"),
    );
    fc.assert(
      fc.property(fc.array(act), (acts) => {
        const cache = new LruCache<number>({ maxEntries: 2, maxWeight: 10 });
        for (const [key, weight, verb] of acts) {
          if (verb === "set") {
            cache.set(key, weight, weight);
            expect(cache.get(key)).toBe(weight > 10 ? undefined : weight);
          } else {
            cache[verb](key);
          }
          expect(cache.size).toBeLessThanOrEqual(2);
          expect(cache.weight).toBeLessThanOrEqual(10);
        }
        for (const key of ["a", "b", "c", "__proto__"]) {
          cache.delete(key);
        }
        expect([cache.size, cache.weight]).toEqual([0, 0]);
      }),
    );
  });
});
