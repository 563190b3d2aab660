import { makeMoney } from "@alliance-hub/shared/money";
import { quantityOf } from "@alliance-hub/shared/quantity";
import { createTestDatabase, type TestDatabase } from "@alliance-hub/tests/kit/test-database";
import fc from "fast-check";
import { DataSource } from "typeorm";
import { type CoveredItem, coverageOf } from "./coverage";
import { CoverageLevel } from "./need-lists";

/** Items that satisfy INV-04. */
const item: fc.Arbitrary<CoveredItem> = fc
  .record({
    requested: fc.oneof(fc.bigInt(1n, 9n), fc.bigInt(1n, 10n ** 15n)),
    parts: fc.tuple(...Array.from({ length: 4 }, () => fc.integer({ min: 0, max: 4 }))),
    unitValue: fc.bigInt(0n, 1_000_000n),
  })
  .map(({ requested, parts, unitValue }) => {
    const [committedPart = 0, heldPart = 0, deliveredPart = 0, confirmedPart = 0] = parts;
    const share = (whole: bigint, part: number): bigint => (whole * BigInt(part)) / 4n;
    const committed = share(requested, committedPart);
    const delivered = share(committed, deliveredPart);
    return {
      unitValue: makeMoney(unitValue),
      requested: quantityOf(requested),
      held: quantityOf(share(requested - committed, heldPart)),
      committed: quantityOf(committed),
      delivered: quantityOf(delivered),
      confirmed: quantityOf(share(delivered, confirmedPart)),
    };
  });

describe("coverageOf()", () => {
  let database: TestDatabase;
  let source: DataSource;

  beforeAll(async () => {
    database = await createTestDatabase("coverage");
    source = await new DataSource({ type: "postgres", url: database.url }).initialize();
  });

  afterAll(async () => {
    await source.destroy();
    await database.drop();
  });

  it("adds up to what PostgreSQL adds up, with values rounded down to the fen", async () => {
    const quantities = ["requested", "held", "committed", "delivered", "confirmed"] as const;
    await fc.assert(
      fc.asyncProperty(fc.array(item, { maxLength: 20 }), async (items) => {
        const coverage = coverageOf(items);
        for (const quantity of quantities) {
          const [row] = await source.query<[{ total: string }]>(
            "SELECT coalesce(sum(trunc(quantity::numeric * value::numeric)), 0)::text AS total FROM unnest($1::text[], $2::text[]) AS line (quantity, value)",
            [items.map((line) => line[quantity]), items.map((line) => line.unitValue.amountMinor)],
          );
          expect(coverage[`${quantity}Value`]).toEqual(makeMoney(row.total));
        }
      }),
      { numRuns: 50 },
    );
  });

  it("is FULL exactly at 10000 basis points, and NONE without anything committed", () => {
    fc.assert(
      fc.property(fc.array(item, { maxLength: 20 }), (items) => {
        const { level, committedBp } = coverageOf(items);
        expect(committedBp).toBeGreaterThanOrEqual(0);
        expect(committedBp).toBeLessThanOrEqual(10_000);
        expect(level === CoverageLevel.FULL).toBe(committedBp === 10_000);
        expect(level === CoverageLevel.NONE).toBe(items.every((line) => line.committed === "0"));
        expect(level === CoverageLevel.FULL).toBe(
          items.length > 0 && items.every((line) => line.committed === line.requested),
        );
      }),
    );
  });

  it("is nothing of nothing without items", () => {
    expect(coverageOf([])).toMatchObject({ requestedValue: makeMoney(0n), committedBp: 0, level: CoverageLevel.NONE });
  });

  it("does not call a part whole because its value rounds to the same fen", () => {
    const line = { held: "0", delivered: "0", confirmed: "0", unitValue: makeMoney(1n) };
    expect(coverageOf([{ ...line, requested: "1.5", committed: "1" }])).toMatchObject({
      requestedValue: makeMoney(1n),
      committedValue: makeMoney(1n),
      committedBp: 9_999,
      level: CoverageLevel.PARTIAL,
    });
  });
});
