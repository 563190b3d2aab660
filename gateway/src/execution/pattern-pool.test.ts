import { PatternPool } from "./pattern-pool";

describe("PatternPool", () => {
  it("forgets all patterns when there would be too many leaves", () => {
    const pool = new PatternPool(10);
    expect(pool.compile("(a)", 4).source).toBe("(a)");
    pool.compile("(b)", 4);
    expect(pool.generation).toBe(0);
    pool.compile("(c)", 4);
    expect(pool.generation).toBe(1);
    pool.compile("(d)", 4);
    expect(pool.generation).toBe(1);
  });
});
