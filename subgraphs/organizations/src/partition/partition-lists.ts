import { registerEnumType } from "type-graphql";

export enum SubgraphName {
  ORGANIZATIONS = "ORGANIZATIONS",
  NEEDS = "NEEDS",
  PROJECTS = "PROJECTS",
  FUNDS = "FUNDS",
}

registerEnumType(SubgraphName, { name: "SubgraphName", description: "A shared subgraph." });

export enum PartitionState {
  SERVING = "SERVING",
  MOVING = "MOVING",
  ARCHIVED = "ARCHIVED",
}

registerEnumType(PartitionState, { name: "PartitionState", description: "Whether a partition takes writes." });
