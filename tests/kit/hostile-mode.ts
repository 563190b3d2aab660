import type { CallOutcome } from "@alliance-hub/gateway/request/completeness";
import type { HostileAnswer } from "./hostile-server";

/** One way to be hostile, and what of it a client may notice. */
export interface HostileMode {
  readonly answer: HostileAnswer;
  /** `none`: the client gets what an honest instance would bring. `nulls`: fields asked of the instance are null, with errors. */
  readonly effect: "none" | "nulls";
  /** In `extensions.completeness`; undefined when the instance counts as having answered. */
  readonly outcome?: CallOutcome;
  /** Where two bounds are at hand, bytes and time, it is up to the machine which one is reached first. */
  readonly otherOutcome?: CallOutcome;
}

/** Must never reach a client: hostile modes put it wherever they can. */
export const INNER_TEXT = "INNER-10.0.0.7-SECRET";
