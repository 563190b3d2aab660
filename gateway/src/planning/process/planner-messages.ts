import type { PlanNode } from "../plan-node";

/** What the planner's process is told: first the supergraph, then one operation after another. */
export type PlannerRequest =
  | { readonly kind: "supergraph"; readonly supergraphSdl: string }
  | {
      readonly kind: "operation";
      readonly id: number;
      readonly operation: string;
      readonly activeLabels: readonly string[];
      readonly percentage: number;
    };

/** What it answers: whether it serves the supergraph, then a plan or a refusal for each operation, in any order. */
export type PlannerAnswer =
  | { readonly kind: "ready" }
  | { readonly kind: "unavailable" }
  | { readonly kind: "invalid"; readonly message: string }
  | { readonly kind: "plan"; readonly id: number; readonly plan: PlanNode | undefined }
  | { readonly kind: "refusal"; readonly id: number; readonly message: string };
