import { NeedStatus } from "@alliance-hub/needs/need/need-lists";
import { AssistanceMode } from "@alliance-hub/shared/code-lists/assistance-mode";
import type { RandomStream } from "../random-stream";
import type { ItemTemplate } from "./need-templates";

/** How far a need of the demo is covered. */
export type CoveragePlan = "none" | "held" | "part" | "part-delivered" | "all" | "all-delivered" | "confirmed";

/** Whole numbers of an item's unit, within INV-04: held + committed <= requested, delivered <= committed, and so on. */
export interface ItemQuantities {
  readonly requested: number;
  readonly held: number;
  readonly committed: number;
  readonly delivered: number;
  readonly confirmed: number;
}

/** Coverage of published needs, taken in turn. */
const PUBLISHED_COVERAGES: readonly CoveragePlan[] = [
  "part",
  "none",
  "part-delivered",
  "none",
  "all",
  "none",
  "held",
  "none",
  "all-delivered",
  "none",
];

/**
 * How far a need of a state is covered.
 * @param order counts the needs of its township that can be covered; undefined where nobody helps
 */
export function planCoverage(status: NeedStatus, order: number | undefined): CoveragePlan {
  if (status === NeedStatus.FULFILLED || status === NeedStatus.CLOSED) {
    return "confirmed";
  }
  // A suspension keeps commitments; the suspended needs of the demo had none yet.
  return status === NeedStatus.PUBLISHED && order !== undefined
    ? (PUBLISHED_COVERAGES[order % PUBLISHED_COVERAGES.length] as CoveragePlan)
    : "none";
}

/** A requested quantity of a template and how much of it is covered. */
export function drawQuantities(item: ItemTemplate, coverage: CoveragePlan, random: RandomStream): ItemQuantities {
  const steps = Math.floor((item.highest - item.lowest) / item.step);
  const requested = item.lowest + random.nextBelow(steps + 1) * item.step;
  const part = partOf(requested, item, random.nextBetween(30, 70));
  const zero = { requested, held: 0, committed: 0, delivered: 0, confirmed: 0 };
  switch (coverage) {
    case "none":
      return zero;
    case "held":
      return { ...zero, held: part };
    case "part":
      return { ...zero, committed: part };
    case "part-delivered":
      return { ...zero, committed: part, delivered: partOf(part, item, 50) };
    case "all":
      return { ...zero, committed: requested };
    case "all-delivered":
      return { ...zero, committed: requested, delivered: requested, confirmed: partOf(requested, item, 40) };
    case "confirmed":
      return { requested, held: 0, committed: requested, delivered: requested, confirmed: requested };
  }
}

/** About so many percent, at least one step; money in whole hundreds of yuan. */
function partOf(quantity: number, item: ItemTemplate, percent: number): number {
  const step = item.mode === AssistanceMode.CASH ? item.step : 1;
  const part = Math.floor((quantity * percent) / 100 / step) * step;
  return Math.min(quantity, Math.max(step, part));
}
