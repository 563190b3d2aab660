/**
 * The planner's types under one roof: its declarations are an ES module's, which a CommonJS file reaches only by saying so.
 */
type Planner = typeof import("@graphql-hive/router-query-planner", { with: { "resolution-mode": "import" }});
export type NativePlanner = InstanceType<Planner["QueryPlanner"]>;
type QueryPlan = ReturnType<NativePlanner["plan"]>;

export type PlanNode = NonNullable<QueryPlan["node"]>;
export type FetchNode = Extract<PlanNode, { kind: "Fetch" }>;
export type BatchFetchNode = Extract<PlanNode, { kind: "BatchFetch" }>;
export type FlattenStepNode = Extract<PlanNode, { kind: "Flatten" }>["path"][number];
export type RequiresNode = NonNullable<FetchNode["requires"]>[number];
export type RewriteNode = NonNullable<FetchNode["outputRewrites"]>[number];
