/** The process in which plans are made (`planner-process.ts`). It ends with its parent. */
import { PlannerUnavailable } from "../native-planner";
import { createPlanMaker, type PlanMaker } from "../plan-maker";
import type { PlannerAnswer, PlannerRequest } from "./planner-messages";

let maker: PlanMaker | undefined;

function answer(message: PlannerAnswer): void {
  process.send?.(message);
}

function describeError(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function load(supergraphSdl: string): void {
  try {
    maker = createPlanMaker(supergraphSdl);
    answer({ kind: "ready" });
  } catch (error) {
    answer(
      error instanceof PlannerUnavailable
        ? { kind: "unavailable" }
        : { kind: "invalid", message: describeError(error) },
    );
  }
}

async function plan(request: Extract<PlannerRequest, { kind: "operation" }>): Promise<void> {
  const { id, operation, activeLabels, percentage } = request;
  try {
    answer({ kind: "plan", id, plan: await maker?.makePlan(operation, new Set(activeLabels), percentage) });
  } catch (error) {
    answer({ kind: "refusal", id, message: describeError(error) });
  }
}

process.on("message", (request: PlannerRequest) => {
  if (request.kind === "supergraph") {
    load(request.supergraphSdl);
  } else {
    void plan(request);
  }
});
process.on("disconnect", () => process.exit());
// A terminal sends Ctrl-C to all processes of its group; while the gateway answers what is under way it still needs plans.
process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => undefined);
process.on("SIGHUP", () => undefined);
