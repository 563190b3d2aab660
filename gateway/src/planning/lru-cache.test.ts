import fc from "fast-check";
import { LruCache } from "./lru-cache";

describe("LruCache", () => {
  it("drops what was not used for longest", () => {
    const cache = new LruCache<number>(2);
    cache.set("a", 1);
    cache.set("b", 2);
    cache.get("a");
    cache.set("c", 3);
    expect([cache.get("a"), cache.get("b"), cache.get("c")]).toEqual([1, undefined, 3]);
  });

  it("never holds more than it may, and holds what was set last", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.constantFrom("a", "b", "c", "d", "e", "f", "g")),
        (max, keys) => {
          const cache = new LruCache<string>(max);
          for (const key of keys) {
            cache.set(key, key);
            expect(cache.size).toBeLessThanOrEqual(max);
          }
          const recent = [...new Set(keys.toReversed())].slice(0, max);
          expect(recent.map((key) => cache.get(key))).toEqual(recent);
        },
      ),
    );
  });
});
