import { NeedStatus } from "@alliance-hub/needs/need/need-lists";
import { AssistanceMode } from "@alliance-hub/shared/code-lists/assistance-mode";
import { Urgency } from "@alliance-hub/shared/code-lists/urgency";
import { type CoveragePlan, planCoverage } from "./need-quantities";
import type { NeedSlot } from "./need-slots";

/** One township of each county in which nothing is held, committed or delivered. */
export const UNCOVERED_TOWNSHIPS: ReadonlySet<string> = new Set(["430225202", "430224213"]);

/** Needs with money of a fund in one copy; the rest of its 90 allocations are for projects, costs and what came to nothing. */
const MAX_FUNDED_NEEDS = 62;
/** Of these, kept for what cannot wait: money protects lives first (section 2.3 of the paper). */
const KEPT_FOR_LIVES = 8;

/**
 * Who is helped how far, township by township: each has its own turns, so that help reaches every township but two. Fulfilled
 * needs must come first: they take the money that they must have.
 */
export class CoverageTurns {
  readonly #turnsOfTownship = new Map<string, number>();
  #fundedNeeds = 0;

  /** How far the need is covered; money beyond what the funds give is left out by `mayUseMoney`. */
  next(slot: NeedSlot, township: string): { readonly coverage: CoveragePlan; readonly mayUseMoney: boolean } {
    const isLifeSaving = slot.template.urgency === Urgency.LIFE_SAVING;
    const mayUseMoney = this.#fundedNeeds < MAX_FUNDED_NEEDS - (isLifeSaving ? 0 : KEPT_FOR_LIVES);
    const coverage = planCoverage(slot.status, this.#takeTurn(slot, township, mayUseMoney));
    const asksForMoney = slot.template.items.some(({ mode }) => mode === AssistanceMode.CASH);
    this.#fundedNeeds += asksForMoney && mayUseMoney && coverage !== "none" ? 1 : 0;
    return { coverage, mayUseMoney };
  }

  /**
   * A need that nothing can be done for leaves its turn to the next one of the township. One that cannot wait takes no turn:
   * even places of the list of coverages are those with some.
   */
  #takeTurn({ index, status, template }: NeedSlot, township: string, mayUseMoney: boolean): number | undefined {
    const canBeCovered = mayUseMoney || template.items.some(({ mode }) => mode !== AssistanceMode.CASH);
    if (status !== NeedStatus.PUBLISHED || !canBeCovered || UNCOVERED_TOWNSHIPS.has(township)) {
      return undefined;
    }
    if (template.urgency === Urgency.LIFE_SAVING) {
      return 2 * index;
    }
    // Townships begin at different places of the list of coverages, always at one that is some.
    const turn = this.#turnsOfTownship.get(township) ?? 2 * (Number(township) % 5);
    this.#turnsOfTownship.set(township, turn + 1);
    return turn;
  }
}
