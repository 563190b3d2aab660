import type { ContextArgument } from "../planning/contexts/contextual-field";
import type { ContextBatch, ContextFetch } from "./compile-context-fetch";
import { listAncestors, readContextValue } from "./context-value";
import { collectPlaces, type Place } from "./entity-places";
import { ErrorIndex } from "./error-index";
import type { ExecutionContext } from "./execution-context";
import { addObject, createEntityGroup, type EntityGroup, groupEntities, sendEntityGroups } from "./fetch-entities";
import type { FieldError } from "./field-error";
import { printJson } from "./json-text";
import { locateMissingFields } from "./locate-errors";

/**
 * Different contexts of one request. Nearly always there are few (a currency, a language); where every row has its own,
 * the text must not grow with the rows.
 */
const MAX_CONTEXTS_PER_REQUEST = 100;

/** Entities of one batch whose arguments have the same values. */
interface ContextGroup {
  readonly group: EntityGroup;
  /** One for each slot. */
  readonly values: readonly unknown[];
}

/** Fetches fields of entities, with arguments that differ from entity to entity, in one request. */
export async function fetchWithContexts(node: ContextFetch, context: ExecutionContext): Promise<void> {
  // Of what has been fetched so far: no two fetches at the same time need each other.
  const failures = new ErrorIndex([...context.errors.list()]);
  const groups = node.batches
    .flatMap((batch) => groupByContext(batch, node, failures, context))
    .filter(({ group }) => group.representations.length > 0);
  // One after the other: an instance is not asked a hundred things at once.
  for (let start = 0; start < groups.length; start += MAX_CONTEXTS_PER_REQUEST) {
    await sendGroups(groups.slice(start, start + MAX_CONTEXTS_PER_REQUEST), node, context);
  }
}

function groupByContext(
  { batch, slots }: ContextBatch,
  node: ContextFetch,
  failures: ErrorIndex,
  context: ExecutionContext,
): ContextGroup[] {
  if (slots.length === 0) {
    return [{ group: groupEntities(batch, context), values: [] }];
  }
  const groups = new Map<string, ContextGroup>();
  for (const path of batch.paths) {
    for (const place of collectPlaces(context.data, path, context.typeConditions)) {
      const found = readValues(slots, place, node, failures, context);
      if (found.values === undefined) {
        const paths = locateMissingFields(batch.reader, place, context.typeConditions);
        context.errors.addAll(paths.map((missing) => ({ ...found.error, path: missing })));
        continue;
      }
      const id = printJson(found.values);
      const known = groups.get(id) ?? { group: createEntityGroup(batch), values: found.values };
      groups.set(id, known);
      addObject(known.group, place.data, context);
    }
  }
  return [...groups.values()];
}

type FoundValues =
  | { readonly values: readonly unknown[] }
  | { readonly values?: undefined; readonly error: Omit<FieldError, "path"> };

/** An error where a value failed: what a subgraph computes of null in place of it is a guess. */
function readValues(
  slots: readonly ContextArgument[],
  place: Place,
  { model, rootTypeName }: ContextFetch,
  failures: ErrorIndex,
  { data }: ExecutionContext,
): FoundValues {
  const ancestors = listAncestors(data, rootTypeName, place.path);
  const values: unknown[] = [];
  for (const slot of slots) {
    const { value, sources } = readContextValue(slot, ancestors, model);
    const cause = sources.map((path) => failures.find(path)).find((error) => error !== undefined);
    if (cause !== undefined) {
      return { error: { ...cause, message: `A field that this one is computed from failed: ${cause.message}` } };
    }
    if (value === undefined || (value === null && slot.type.endsWith("!"))) {
      return { error: { code: "INTERNAL", message: "A field that this one is computed from has no value." } };
    }
    values.push(value);
  }
  return { values };
}

async function sendGroups(
  groups: readonly ContextGroup[],
  { fetch, query }: ContextFetch,
  context: ExecutionContext,
): Promise<void> {
  const counts = new Map<string, number>();
  const variables: Record<string, unknown> = Object.create(null);
  const named = groups.map(({ group, values }): EntityGroup => {
    const { responseKey } = group.batch;
    const index = counts.get(responseKey) ?? 0;
    counts.set(responseKey, index + 1);
    if (!query.slotsOf.has(responseKey)) {
      return group;
    }
    values.forEach((value, slot) => {
      variables[query.variableOf(responseKey, index, slot)] = value;
    });
    const batch = {
      ...group.batch,
      responseKey: query.aliasOf(responseKey, index),
      representationsVariable: query.variableOf(responseKey, index, "representations"),
    };
    return { ...group, batch };
  });
  const variableNames = [...fetch.variableNames, ...Object.keys(variables)];
  const request = { ...fetch, ...query.print(counts), variableNames };
  await sendEntityGroups(request, named, { ...context, variables: { ...context.variables, ...variables } });
}
