import { printPlannerSupergraph } from "./contexts/print-planner-supergraph";
import { readSupergraph } from "./supergraph";

/** A use of the argument, not its definition; nearly all supergraphs have none, and are not parsed for it. */
const CONTEXT_ARGUMENTS = /\bcontextArguments\s*:\s*\[\s*\{/;

/**
 * A supergraph in the words that the planner knows.
 * @throws GraphQLError
 */
export function writePlannerSupergraph(supergraphSdl: string): string {
  if (!CONTEXT_ARGUMENTS.test(supergraphSdl)) {
    return supergraphSdl;
  }
  const { document, contexts } = readSupergraph(supergraphSdl);
  return contexts === undefined ? supergraphSdl : printPlannerSupergraph(document, contexts);
}
