import { AssistanceMode } from "@alliance-hub/shared/code-lists/assistance-mode";
import { NEED_CATEGORIES, NeedCategory } from "@alliance-hub/shared/code-lists/need-category";
import { Unit } from "@alliance-hub/shared/code-lists/unit";
import { quantityOf } from "@alliance-hub/shared/quantity";
import fc from "fast-check";
import { MAX_TITLE_LENGTH, makeNeedTitle } from "./need-title";

const item = fc.record({
  mode: fc.constantFrom(...Object.values(AssistanceMode)),
  unit: fc.constantFrom(...Object.values(Unit).filter((unit) => unit !== Unit.FEN)),
  requested: fc.bigInt(1n, 10n ** 18n - 1n).map(quantityOf),
});
const cash = fc.record({
  mode: fc.constant(AssistanceMode.CASH),
  unit: fc.constant(Unit.FEN),
  requested: fc.bigInt(1n, 10n ** 12n - 1n).map(String),
});

describe("makeNeedTitle()", () => {
  it("names category, kind of help and quantity; money in yuan", () => {
    expect(
      makeNeedTitle(NeedCategory.STUDY_SUPPORT, [
        { mode: AssistanceMode.CASH, unit: Unit.FEN, requested: "500000" },
        { mode: AssistanceMode.IN_KIND, unit: Unit.SET, requested: "2" },
      ]),
    ).toBe("助学:资金 5000 元、物资 2 套");
    expect(makeNeedTitle(NeedCategory.OTHER, [{ mode: AssistanceMode.CASH, unit: Unit.FEN, requested: "5" }])).toBe(
      "其他:资金 0.05 元",
    );
    expect(makeNeedTitle(NeedCategory.EMPLOYMENT, [])).toBe("就业");
  });

  it("says how many items there are when not all find room", () => {
    const items = Array.from({ length: 20 }, () => ({
      mode: AssistanceMode.PURCHASE_OF_PRODUCE,
      unit: Unit.HOUSEHOLD_KIT,
      requested: "999999999999.999999",
    }));
    expect(makeNeedTitle(NeedCategory.ECOMMERCE, items)).toMatch(/^电商扶贫:.+ 等 20 项$/);
  });

  it("is never longer than 140 characters, begins with the category and is the same each time", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(NeedCategory)),
        fc.array(fc.oneof(item, cash), { maxLength: 20 }),
        (category, items) => {
          const title = makeNeedTitle(category, items);
          expect(title.length).toBeLessThanOrEqual(MAX_TITLE_LENGTH);
          expect(title.startsWith(NEED_CATEGORIES[category].nameZh)).toBe(true);
          expect(makeNeedTitle(category, structuredClone(items))).toBe(title);
        },
      ),
    );
  });
});
