import { type CompositionResult, composeServices, type ServiceDefinition } from "@theguild/federation-composition";
import { type DocumentNode, GraphQLError } from "graphql";
import { composeWithLibrary } from "../compose-with-library";
import { checkSatisfiability } from "./check-satisfiability";
import { describeUnanswerable } from "./describe-unanswerable";

/**
 * Composes with the library, but checks with our own means whether every query can be answered: the library's search grows
 * with the cube of the subgraphs that share an entity. It is asked only where ours cannot tell (docs/adr/0016).
 * @param soundDocuments as of `composeWithLibrary()`
 * @throws what the library throws where it meets a construct that none of its rules foresaw
 */
export function composeSatisfiable(
  services: ServiceDefinition[],
  soundDocuments: WeakSet<DocumentNode> = new WeakSet(),
): CompositionResult {
  const composed = composeWithLibrary(services, soundDocuments);
  if (composed.errors !== undefined) {
    return composed;
  }
  const verdict = checkSatisfiability(composed.supergraphDocumentNode);
  switch (verdict.kind) {
    case "satisfiable":
      return composed;
    case "unsatisfiable":
      return {
        errors: verdict.fields.map(
          (field) => new GraphQLError(describeUnanswerable(field), { extensions: { code: "SATISFIABILITY_ERROR" } }),
        ),
      };
    case "undecided":
      return composeServices(services);
  }
}
