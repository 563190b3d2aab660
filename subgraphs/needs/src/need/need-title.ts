import { AssistanceMode } from "@alliance-hub/shared/code-lists/assistance-mode";
import { NEED_CATEGORIES, type NeedCategory } from "@alliance-hub/shared/code-lists/need-category";
import { Unit } from "@alliance-hub/shared/code-lists/unit";

/** Characters that a title may have. */
export const MAX_TITLE_LENGTH = 140;

/** What of an item its need's title tells. */
export interface TitledItem {
  readonly mode: AssistanceMode;
  readonly unit: Unit;
  /** Decimal. */
  readonly requested: string;
}

const MODE_NAMES: Readonly<Record<AssistanceMode, string>> = {
  CASH: "资金",
  IN_KIND: "物资",
  SERVICE: "服务",
  JOB: "就业岗位",
  TRAINING_PLACE: "培训名额",
  PURCHASE_OF_PRODUCE: "消费帮扶",
};

const UNIT_NAMES: Readonly<Record<Unit, string>> = {
  FEN: "元",
  KG: "公斤",
  LITRE: "升",
  PIECE: "件",
  SET: "套",
  HOUSEHOLD_KIT: "户用包",
  HOUR: "小时",
  SEAT: "个",
  PLACE_MONTH: "人月",
  HOUSE: "栋",
};

/**
 * A need's title, from its category and items alone: nothing a person wrote goes in, so nothing personal comes out.
 * Items that find no room are counted: `助学:资金 5000 元、物资 2 套` or `… 等 20 项`.
 */
export function makeNeedTitle(category: NeedCategory, items: readonly TitledItem[]): string {
  const { nameZh } = NEED_CATEGORIES[category];
  if (items.length === 0) {
    return nameZh;
  }
  const parts = items.map(describeItem);
  for (let shown = parts.length; shown >= 1; shown--) {
    const rest = shown < parts.length ? ` 等 ${parts.length} 项` : "";
    const title = `${nameZh}:${parts.slice(0, shown).join("、")}${rest}`;
    if (title.length <= MAX_TITLE_LENGTH) {
      return title;
    }
  }
  return nameZh;
}

function describeItem({ mode, unit, requested }: TitledItem): string {
  const amount = unit === Unit.FEN ? yuanOf(requested) : requested;
  return `${MODE_NAMES[mode]} ${amount} ${UNIT_NAMES[unit]}`;
}

/** Fen as yuan: `500000` -> `5000`, `12345` -> `123.45`. */
function yuanOf(fen: string): string {
  const digits = fen.padStart(3, "0");
  const cents = digits.slice(-2);
  return `${digits.slice(0, -2)}${cents === "00" ? "" : `.${cents}`}`;
}
