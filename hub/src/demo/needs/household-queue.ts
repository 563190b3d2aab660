import type { Household } from "@alliance-hub/needs/household/household.entity";
import { HouseholdStatus } from "@alliance-hub/needs/household/household-lists";
import { InvariantViolation, invariant } from "@alliance-hub/shared/invariant";

/** Households in turn, over and over, without those that are closed: such a household asks for nothing. */
export class HouseholdQueue {
  readonly #open: readonly Household[];
  #served = 0;

  constructor(households: readonly Household[]) {
    this.#open = households.filter((household) => household.status !== HouseholdStatus.CLOSED);
  }

  next(): Household {
    const household = this.#open[this.#served % this.#open.length];
    invariant(household !== undefined, "the demo has open households");
    this.#served += 1;
    return household;
  }

  /** The next one outside some townships. */
  nextOutside(townships: ReadonlySet<string>): Household {
    const { length } = this.#open;
    for (let tried = 1; tried < length; tried++) {
      const household = this.next();
      if (!townships.has(household.villageCode.slice(0, 9))) {
        return household;
      }
    }
    throw new InvariantViolation("the demo has households outside the townships that nobody helps");
  }
}
