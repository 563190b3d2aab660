import { type DefinitionNode, type DocumentNode, Kind, OperationTypeNode, parse } from "graphql";
import { readSupergraphMembers } from "../composition/read-subgraph-addresses";
import { findDirectives } from "../composition/supergraph-directives";
import { dropMixedProvides } from "./mixed-provides";
import type { NativePlanner } from "./plan-node";

/** The query planner is compiled code, and there is none for this machine. `main` prints the message and exits 1. */
export class PlannerUnavailable extends Error {
  override readonly name = "PlannerUnavailable";

  constructor(options?: ErrorOptions) {
    super(
      `The query planner has no binary for ${process.platform}-${process.arch} (it has: Linux with glibc and macOS, each x64 and arm64): run the gateway there, or in the Docker image.`,
      options,
    );
  }
}

/** The supergraph is not one that the planner understands. */
export class SupergraphInvalid extends Error {
  override readonly name = "SupergraphInvalid";
}

/**
 * The planner is compiled to end the process where its own assumptions fail, so they are checked before: a schema
 * definition, its query type, and subgraphs.
 * @throws SupergraphInvalid
 */
export function refuseUnreadableSupergraph(supergraphSdl: string): void {
  readPlannable(supergraphSdl);
}

function readPlannable(supergraphSdl: string): DocumentNode {
  let document: DocumentNode;
  try {
    document = parse(supergraphSdl, { noLocation: true });
  } catch (error) {
    throw new SupergraphInvalid(`The supergraph is not GraphQL: ${describeError(error)}`, { cause: error });
  }
  if (readSupergraphMembers(document).length === 0) {
    throw new SupergraphInvalid("The supergraph names no subgraphs (join__Graph): compose it first.");
  }
  const queryType = document.definitions
    .flatMap((definition) => (definition.kind === Kind.SCHEMA_DEFINITION ? definition.operationTypes : []))
    .find(({ operation }) => operation === OperationTypeNode.QUERY)?.type.name.value;
  const hasQueryType = document.definitions.some(
    (definition) => definition.kind === Kind.OBJECT_TYPE_DEFINITION && definition.name.value === queryType,
  );
  if (!hasQueryType) {
    throw new SupergraphInvalid("The supergraph has no schema definition with a query type.");
  }
  return document;
}

/** Whether an object type has a field whose arguments come from a context (join specification v0.5). */
function hasContextArguments(definition: DefinitionNode): boolean {
  return (
    definition.kind === Kind.OBJECT_TYPE_DEFINITION &&
    definition.fields?.some((field) =>
      findDirectives(field, "join__field").some((use) =>
        use.arguments?.some(({ name }) => name.value === "contextArguments"),
      ),
    ) === true
  );
}

function describeError(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/**
 * Loads the binary when it is first needed, so that everything that does not plan (`hub compose`) works anywhere.
 * @param supergraphSdl as writePlannerSupergraph leaves it
 */
export function createNativePlanner(
  supergraphSdl: string,
  load: () => unknown = () => require("@graphql-hive/router-query-planner"),
): NativePlanner {
  if (readPlannable(supergraphSdl).definitions.some(hasContextArguments)) {
    // The planner leaves such arguments out, and the subgraph would answer something else than its author meant.
    throw new SupergraphInvalid("The supergraph uses @fromContext in a way that the planner does not know.");
  }
  let binding: { QueryPlanner?: new (sdl: string) => NativePlanner };
  try {
    binding = load() as typeof binding;
  } catch (error) {
    throw new PlannerUnavailable({ cause: error });
  }
  if (typeof binding.QueryPlanner !== "function") {
    throw new PlannerUnavailable();
  }
  try {
    return new binding.QueryPlanner(dropMixedProvides(supergraphSdl));
  } catch (error) {
    throw new SupergraphInvalid(`The supergraph cannot be served: ${describeError(error)}`, { cause: error });
  }
}
