import fc from "fast-check";
import { RandomStream } from "./random-stream";

function draw(stream: RandomStream, count: number): number[] {
  return Array.from({ length: count }, () => stream.nextUint32());
}

describe("RandomStream", () => {
  it("gives the same numbers for the same seed and label for ever", () => {
    // Any other numbers would silently give every demo hub other data.
    expect(draw(new RandomStream("zhuzhou", "needs/0"), 4)).toEqual([
      1_317_159_878, 3_560_190_854, 3_731_518_708, 2_868_212_821,
    ]);
  });

  it("gives other numbers for another seed or another label", () => {
    const first = draw(new RandomStream("zhuzhou", "needs/0"), 4);
    expect(draw(new RandomStream("zhuzhou", "needs/1"), 4)).not.toEqual(first);
    expect(draw(new RandomStream("changsha", "needs/0"), 4)).not.toEqual(first);
  });

  it("draws whole numbers within the bounds", () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: -1_000, max: 1_000 }), fc.nat(2 ** 31), (seed, lowest, span) => {
        const drawn = new RandomStream(seed, "bounds").nextBetween(lowest, lowest + span);
        expect(Number.isInteger(drawn) && drawn >= lowest && drawn <= lowest + span).toBe(true);
      }),
    );
  });

  it("draws each number about equally often", () => {
    const stream = new RandomStream("zhuzhou", "even");
    const counts = new Array<number>(7).fill(0);
    for (let round = 0; round < 70_000; round++) {
      const drawn = stream.nextBelow(7);
      counts[drawn] = (counts[drawn] ?? 0) + 1;
    }
    for (const count of counts) {
      expect(Math.abs(count - 10_000)).toBeLessThan(500);
    }
  });

  it("shuffles without losing or doubling anything, and leaves the original alone", () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.integer()), (seed, elements) => {
        const before = [...elements];
        const shuffled = new RandomStream(seed, "shuffle").shuffle(elements);
        expect(elements).toEqual(before);
        expect([...shuffled].sort()).toEqual([...before].sort());
      }),
    );
  });

  it("refuses to pick from nothing", () => {
    expect(() => new RandomStream("zhuzhou", "pick").pick([])).toThrow("positive");
  });
});
