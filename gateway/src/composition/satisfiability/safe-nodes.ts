import type { CertainReach } from "./certain-reach";
import type { PossibleReach } from "./possible-reach";
import { type GraphSet, NO_GRAPHS, type ObjectModel, type SatisfiabilityModel } from "./satisfiability-model";

/** Type name -> subgraphs. A value of the type that came from one of them leads to no question that has no answer. */
export type SafeNodes = ReadonlyMap<string, GraphSet>;

/**
 * Types from whose fields, and theirs, no interface or union is reached. For these a further subgraph to choose from does no
 * harm. At a union it may: the one subgraph that knows a member may be the one that cannot go on from there.
 */
export function findConcreteTypes(model: SatisfiabilityModel): ReadonlySet<string> {
  const leadingTo = new Map<string, string[]>();
  const abstract: string[] = [];
  for (const type of model.types.values()) {
    if (type.kind === "abstract") {
      abstract.push(type.name);
      continue;
    }
    for (const { typeName } of type.fields.values()) {
      leadingTo.set(typeName, [...(leadingTo.get(typeName) ?? []), type.name]);
    }
  }
  const concrete = new Set(model.types.keys());
  for (let name = abstract.pop(); name !== undefined; name = abstract.pop()) {
    if (concrete.delete(name)) {
      abstract.push(...(leadingTo.get(name) ?? []));
    }
  }
  return concrete;
}

/**
 * The greatest set of pairs of type and subgraph such that from each, every field can be resolved for certain, and whatever
 * subgraph its value may come from belongs to the set again. It settles most federations at once: entities with a key
 * at hand are safe wherever they come from.
 */
export function findSafeNodes(model: SatisfiabilityModel, certain: CertainReach, possible: PossibleReach): SafeNodes {
  const safe = new Map<string, GraphSet>();
  for (const type of model.types.values()) {
    safe.set(type.name, type.kind === "object" ? findComplete(type, certain) : type.graphs);
  }
  for (let isChanged = true; isChanged; ) {
    isChanged = false;
    for (const [name, graphs] of safe) {
      const remaining = keepClosed(model, possible, safe, name, graphs);
      if (remaining !== graphs) {
        safe.set(name, remaining);
        isChanged = true;
      }
    }
  }
  return safe;
}

function findComplete(type: ObjectModel, certain: CertainReach): GraphSet {
  let complete = type.graphs;
  for (const field of type.fields.values()) {
    if (complete !== NO_GRAPHS && !field.isInaccessible) {
      complete &= certain.findSources(type, field);
    }
  }
  return complete;
}

/** The subgraphs whose next steps all lead to safe ones. */
function keepClosed(
  model: SatisfiabilityModel,
  possible: PossibleReach,
  safe: SafeNodes,
  name: string,
  graphs: GraphSet,
): GraphSet {
  const type = model.types.get(name);
  let remaining = graphs;
  if (type?.kind === "abstract") {
    for (const [member, holders] of type.members) {
      const unsafe = holders & ~(safe.get(member) ?? NO_GRAPHS);
      remaining = type.isEntity && unsafe !== NO_GRAPHS ? NO_GRAPHS : remaining & ~unsafe;
    }
    return remaining;
  }
  for (const field of type?.fields.values() ?? []) {
    const next = safe.get(field.typeName);
    // Scalars and enums have no next steps.
    if (type !== undefined && next !== undefined && !field.isInaccessible && remaining !== NO_GRAPHS) {
      const unsafe = possible.findHolders(type, field) & ~next;
      for (const { graphs: from, reached } of unsafe === NO_GRAPHS ? [] : possible.classify(type)) {
        remaining &= (reached & unsafe) === NO_GRAPHS ? ~(from & unsafe) : ~from;
      }
    }
  }
  return remaining;
}
