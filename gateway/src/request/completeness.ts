/**
 * What came of asking one subgraph, as clients read it in `extensions.completeness`.
 *
 * - `answered`: it answered; single fields may still have failed, each with its error.
 * - `timed_out`: no answer, or only a part of one, when time was up.
 * - `unreachable`: nobody listens there, or the connection broke.
 * - `refused`: it turned the whole request away, or too many requests wait for it already.
 * - `invalid`: what it sent is no answer to what it was asked, or larger than allowed.
 * - `circuit_open`: it was not asked, because it failed too often just before.
 */
export type CallOutcome = "answered" | "timed_out" | "unreachable" | "refused" | "invalid" | "circuit_open";

export interface AskedSubgraph {
  readonly subgraph: string;
  readonly outcome: CallOutcome;
}

/** What of a response depends on a subgraph that was asked. */
export interface CompletenessEntry extends AskedSubgraph {
  /** Response keys from the root; `*` stands for every item of a list, whatever its nesting. */
  readonly paths: readonly (readonly string[])[];
}
