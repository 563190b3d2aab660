import { createNativePlanner } from "./native-planner";
import type { PlanNode } from "./plan-node";
import { writePlannerSupergraph } from "./write-planner-supergraph";

/** There is no plan for this operation, however often it is asked for. */
export class NoPlan extends Error {
  override readonly name = "NoPlan";
}

/** Makes plans for one supergraph; in this process, or in one of its own (`process/planner-process.ts`). */
export interface PlanMaker {
  /**
   * A plan for a document with one operation; undefined when no subgraph is needed.
   * @param activeLabels of `@override(label:)`
   * @param percentage labels `percent(n)` whose n is larger are active, beside the active ones
   * @throws NoPlan
   * @throws RequestRefused LIMIT_EXCEEDED where the plan takes too long
   */
  makePlan(operation: string, activeLabels: ReadonlySet<string>, percentage: number): Promise<PlanNode | undefined>;
  close(): Promise<void>;
}

/**
 * Plans are made on threads of this process. What the compiled planner takes for impossible ends the process.
 * @throws PlannerUnavailable when there is no binary for this machine
 * @throws SupergraphInvalid
 */
export function createPlanMaker(supergraphSdl: string): PlanMaker {
  const planner = createNativePlanner(writePlannerSupergraph(supergraphSdl));
  return {
    async makePlan(operation, activeLabels, percentage) {
      try {
        const { node } = await planner.planAsync(operation, undefined, new Set(activeLabels), percentage);
        return node ?? undefined;
      } catch (error) {
        throw new NoPlan(error instanceof Error ? error.message : String(error), { cause: error });
      }
    },
    close: async () => undefined,
  };
}
