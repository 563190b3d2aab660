import { canAnswerPath } from "@alliance-hub/tests/kit/query-oracle";
import { generateFederation, type RandomSubgraph } from "@alliance-hub/tests/kit/random-federation";
import { composeServices } from "@theguild/federation-composition";
import fc from "fast-check";
import { parse } from "graphql";
import { checkSatisfiability, type SatisfiabilityVerdict } from "./check-satisfiability";

const UNCHECKED = { disableValidationRules: ["SatisfiabilityRule"] };

// A failure names its seed. Take 4,000 and more after a change of the bounds.
const NUM_RUNS = 300;

describe("checkSatisfiability()", () => {
  it("agrees with the library on random federations, and where it is stricter, no planner could answer", () => {
    const kinds = { satisfiable: 0, unsatisfiable: 0, undecided: 0 };
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const subgraphs = generateFederation(seed);
        const services = subgraphs.map(({ name, url, sdl }) => ({ name, url, typeDefs: parse(sdl) }));
        const unchecked = composeServices(services, UNCHECKED);
        fc.pre(unchecked.errors === undefined);
        const verdict = checkSatisfiability(
          (unchecked as { supergraphDocumentNode: ReturnType<typeof parse> }).supergraphDocumentNode,
        );
        kinds[verdict.kind] += 1;
        expectAgreement(verdict, isAcceptedByLibrary(services), subgraphs);
      }),
      { numRuns: NUM_RUNS, maxSkipsPerRun: 20 },
    );
    // The property says little unless both verdicts occur, and most federations get one.
    expect(kinds.satisfiable).toBeGreaterThan(NUM_RUNS / 20);
    expect(kinds.unsatisfiable).toBeGreaterThan(NUM_RUNS / 20);
    expect(kinds.undecided).toBeLessThan(NUM_RUNS / 5);
  });
});

function expectAgreement(
  verdict: SatisfiabilityVerdict,
  isAccepted: boolean,
  subgraphs: readonly RandomSubgraph[],
): void {
  if (verdict.kind === "satisfiable") {
    expect(isAccepted).toBe(true);
  }
  if (verdict.kind === "unsatisfiable" && isAccepted) {
    expect(verdict.fields.filter(({ path }) => canAnswerPath(subgraphs, path))).toEqual([]);
  }
}

function isAcceptedByLibrary(services: Parameters<typeof composeServices>[0]): boolean {
  try {
    return composeServices(services).errors === undefined;
  } catch {
    // It gives up on some overrides with a label; then nothing was accepted.
    return false;
  }
}
