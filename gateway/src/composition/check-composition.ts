import { parse } from "graphql";
import type { ComposedGraph, CompositionRule, RuleError } from "./composition-rule";
import { checkExternalOnInterface } from "./rules/external-on-interface.rule";
import { checkFieldSets } from "./rules/field-sets.rule";
import { checkFieldSharing } from "./rules/field-sharing.rule";
import { checkFromContext } from "./rules/from-context.rule";
import { checkImportNames } from "./rules/import-names.rule";
import { checkInaccessibleParts } from "./rules/inaccessible-parts.rule";
import { checkInterfaceFields } from "./rules/interface-fields.rule";
import { checkInterfaceKey } from "./rules/interface-key.rule";
import { checkInterfaceObject } from "./rules/interface-object.rule";
import { checkInterfaceObjectAuth } from "./rules/interface-object-auth.rule";
import { checkLinkNames } from "./rules/link-names.rule";
import { checkOperationDirectives } from "./rules/operation-directives.rule";
import { checkOverrideCollision } from "./rules/override-collision.rule";
import { checkPublicSchema } from "./rules/public-schema.rule";
import { checkRequiresOnRoot } from "./rules/requires-on-root.rule";
import { checkReservedNames } from "./rules/reserved-names.rule";
import { checkShareableOnce } from "./rules/shareable-once.rule";
import { checkSharedRuntimeTypes } from "./rules/shared-runtime-types.rule";
import { checkStandardDirectives } from "./rules/standard-directives.rule";
import { checkUnionMembers } from "./rules/union-members.rule";
import type { SubgraphSchema } from "./subgraph-schema";

/** What the composition library accepts and must not; in the order in which the errors are told. */
const RULES: readonly CompositionRule[] = [
  checkReservedNames,
  checkLinkNames,
  checkImportNames,
  checkStandardDirectives,
  checkOperationDirectives,
  checkFieldSets,
  checkRequiresOnRoot,
  checkExternalOnInterface,
  checkShareableOnce,
  checkOverrideCollision,
  checkFieldSharing,
  checkSharedRuntimeTypes,
  checkInterfaceObject,
  checkInterfaceKey,
  checkInterfaceFields,
  checkInterfaceObjectAuth,
  checkUnionMembers,
  checkInaccessibleParts,
  checkFromContext,
];

/** @param supergraphSdl what the library composed of these subgraphs */
export function readComposedGraph(subgraphs: readonly SubgraphSchema[], supergraphSdl: string): ComposedGraph {
  return { subgraphs, supergraph: parse(supergraphSdl, { noLocation: true }) };
}

/** Checks a graph that the library has accepted by the rules that it lacks. */
export function checkComposition(graph: ComposedGraph): RuleError[] {
  const faults = RULES.flatMap((rule) => rule(graph));
  // Last and alone: what a rule has named already would only be told again in other words.
  return faults.length > 0 ? faults : checkPublicSchema(graph);
}
