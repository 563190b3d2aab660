import { NEED_CATEGORIES, NeedCategory } from "@alliance-hub/shared/code-lists/need-category";
import { CATEGORY_WEIGHTS, HOUSEHOLD_TEMPLATES, VILLAGE_TEMPLATES } from "./need-templates";

const TEMPLATES = [...HOUSEHOLD_TEMPLATES, ...VILLAGE_TEMPLATES];

describe("need templates", () => {
  it("ask for no more than the ceiling of their category", () => {
    for (const { category, publicDescription, items } of TEMPLATES) {
      const highestMinor = items.reduce((sum, item) => sum + BigInt(item.highest) * BigInt(item.unitValueMinor), 0n);
      expect({ publicDescription, isWithin: highestMinor <= NEED_CATEGORIES[category].ceilingMinor }).toEqual({
        publicDescription,
        isWithin: true,
      });
    }
  });

  it("cover every category, and the dealt categories of households have templates", () => {
    expect(new Set(TEMPLATES.map(({ category }) => category))).toEqual(new Set(Object.values(NeedCategory)));
    expect(new Set(HOUSEHOLD_TEMPLATES.map(({ category }) => category))).toEqual(new Set(CATEGORY_WEIGHTS.keys()));
  });
});
