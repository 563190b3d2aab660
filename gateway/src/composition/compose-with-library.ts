import {
  type CompositionResult,
  composeServices,
  type ServiceDefinition,
  validateSubgraph,
} from "@theguild/federation-composition";
import type { DocumentNode } from "graphql";

/** The library's own check that every query can be answered, by the name of its rule. */
const SATISFIABILITY_RULE = "SatisfiabilityRule";

/**
 * Rules of the library that read one subgraph and do nothing but report. Its other rules also note what they find, for the
 * composition that follows, and are never left out. A test fails when the library no longer has one of them.
 */
export const REPORTING_RULES: readonly string[] = [
  "ReservedSubgraphNameRule",
  "KnownFederationDirectivesRule",
  "InterfaceObjectRules",
  "KnownTypeNamesRule",
  "KnownRootTypeRule",
  "RootTypeUsedRule",
  "QueryRootTypeInaccessibleRule",
  "OnlyInterfaceImplementationRule",
  "LoneSchemaDefinitionRule",
  "UniqueOperationTypesRule",
  "UniqueTypeNamesRule",
  "UniqueEnumValueNamesRule",
  "UniqueFieldDefinitionNamesRule",
  "UniqueArgumentDefinitionNamesRule",
  "KnownDirectivesRule",
  "UniqueDirectivesPerLocationRule",
  "KnownArgumentNamesOnDirectivesRule",
  "UniqueArgumentNamesRule",
  "UniqueInputFieldNamesRule",
  "UniqueDirectiveNamesRule",
  "ProvidedRequiredArgumentsOnDirectivesRule",
  "ProvidedArgumentsOnDirectivesRule",
];

/**
 * Composes with the library, but for its check that every query can be answered. A subgraph that was found sound is not
 * checked by itself again.
 * @param soundDocuments documents in which the library has found no fault by themselves; sound ones are added
 */
export function composeWithLibrary(
  services: ServiceDefinition[],
  soundDocuments: WeakSet<DocumentNode>,
): CompositionResult {
  const isEachSound = findUnsound(services, soundDocuments)?.every(isSound) === true;
  const disableValidationRules = [SATISFIABILITY_RULE, ...(isEachSound ? REPORTING_RULES : [])];
  const result = composeServices(services, { disableValidationRules });
  if (isEachSound || result.errors === undefined) {
    for (const { typeDefs } of services) {
      soundDocuments.add(typeDefs);
    }
  }
  return result;
}

/** Subgraphs to look at by themselves; undefined where they are so many that checking all of them together costs less. */
function findUnsound(
  services: readonly ServiceDefinition[],
  soundDocuments: WeakSet<DocumentNode>,
): ServiceDefinition[] | undefined {
  const unsound = services.filter(({ typeDefs }) => !soundDocuments.has(typeDefs));
  return unsound.length * 2 > services.length ? undefined : unsound;
}

function isSound(service: ServiceDefinition): boolean {
  try {
    return validateSubgraph(service).length === 0;
  } catch {
    // Where the library throws it is asked about all of them, so that what comes first is told.
    return false;
  }
}
