import { NeedStatus } from "@alliance-hub/needs/need/need-lists";
import fc from "fast-check";
import { RandomStream } from "../random-stream";
import { type CoveragePlan, drawQuantities, planCoverage } from "./need-quantities";
import { HOUSEHOLD_TEMPLATES, VILLAGE_TEMPLATES } from "./need-templates";

const ITEMS = [...HOUSEHOLD_TEMPLATES, ...VILLAGE_TEMPLATES].flatMap(({ items }) => items);
const COVERAGES: readonly CoveragePlan[] = [
  "none",
  "held",
  "part",
  "part-delivered",
  "all",
  "all-delivered",
  "confirmed",
];

describe("drawQuantities()", () => {
  it("keeps to INV-04 with whole numbers within the template", () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(...ITEMS), fc.constantFrom(...COVERAGES), (seed, item, coverage) => {
        const drawn = drawQuantities(item, coverage, new RandomStream(seed, "item"));
        const { requested, held, committed, delivered, confirmed } = drawn;
        expect(Object.values(drawn).every((quantity) => Number.isInteger(quantity) && quantity >= 0)).toBe(true);
        expect(requested).toBeGreaterThanOrEqual(item.lowest);
        expect(requested).toBeLessThanOrEqual(item.highest);
        expect(held + committed).toBeLessThanOrEqual(requested);
        expect(delivered).toBeLessThanOrEqual(committed);
        expect(confirmed).toBeLessThanOrEqual(delivered);
        expect(confirmed === requested).toBe(
          coverage === "confirmed" || (coverage === "all-delivered" && requested === confirmed),
        );
      }),
    );
  });
});

describe("planCoverage()", () => {
  it("covers nothing before publication, after withdrawal, or where nobody helps", () => {
    const orders = Array.from({ length: 20 }, (_, order) => order);
    for (const status of [NeedStatus.DRAFT, NeedStatus.VERIFIED_CITY, NeedStatus.WITHDRAWN, NeedStatus.EXPIRED]) {
      expect(new Set(orders.map((order) => planCoverage(status, order)))).toEqual(new Set(["none"]));
    }
    expect(planCoverage(NeedStatus.PUBLISHED, undefined)).toBe("none");
  });

  it("covers published needs in every way, and fulfilled ones wholly", () => {
    const orders = Array.from({ length: 10 }, (_, order) => order);
    expect(new Set(orders.map((order) => planCoverage(NeedStatus.PUBLISHED, order)))).toEqual(
      new Set(COVERAGES.filter((coverage) => coverage !== "confirmed")),
    );
    expect(planCoverage(NeedStatus.CLOSED, 0)).toBe("confirmed");
  });
});
