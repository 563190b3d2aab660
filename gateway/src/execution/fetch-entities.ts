import { collectPlaces, type Place } from "./entity-places";
import type { EntityBatch, EntityFetch } from "./executable-plan";
import type { ExecutionContext } from "./execution-context";
import type { FieldError } from "./field-error";
import { locateMissingFields, renamePath } from "./locate-errors";
import { isJsonObject } from "./object-data";
import { listPath } from "./response-path";
import { readObject } from "./selection-reader";
import { sendFetch } from "./send-fetch";
import type { SubgraphError } from "./subgraph-errors";

/** The entities of one `_entities` field: each once, with all the places where it stands. */
export interface EntityGroup {
  readonly batch: EntityBatch;
  /** As JSON text. */
  readonly representations: string[];
  readonly placesOf: Place[][];
  readonly placesByText: Map<string, Place[]>;
}

const NO_ENTITY = { code: "INTERNAL", message: "Something went wrong." } as const;

/** Fetches fields of entities. Nothing is sent when no place has an entity. */
export async function fetchEntities(fetch: EntityFetch, context: ExecutionContext): Promise<void> {
  const groups = fetch.batches.map((batch) => groupEntities(batch, context));
  await sendEntityGroups(fetch, groups, context);
}

/** Sends one request, or none where there is no entity, and reads the answer into all places. */
export async function sendEntityGroups(
  fetch: EntityFetch,
  groups: readonly EntityGroup[],
  context: ExecutionContext,
): Promise<void> {
  if (groups.every((group) => group.representations.length === 0)) {
    return;
  }
  const questions = groups.map(({ batch: { responseKey, representationsVariable: variable }, representations }) => ({
    responseKey,
    variable,
    representations,
  }));
  const { data, errors, asked } = await sendFetch(fetch, questions, context);
  let isUsable = true;
  for (const group of groups) {
    const entities = data === undefined ? undefined : data[group.batch.responseKey];
    const isComplete = Array.isArray(entities) && entities.length === group.representations.length;
    if (isComplete) {
      readEntities(group, entities, context);
    }
    const ownErrors = errors.filter(({ path }) => path === undefined || path[0] === group.batch.responseKey);
    context.errors.addAll(locateErrors(ownErrors, group, context));
    const isExplained = ownErrors.some((error) => placesOfError(error, group).length > 0);
    if (!isComplete && !isExplained && group.representations.length > 0) {
      // Fewer or more entities than were asked for: nobody can say which is which.
      isUsable = false;
      context.log.error(
        { requestId: context.requestId, subgraph: fetch.subgraph, asked: group.representations.length },
        "a subgraph answered another number of entities than it was asked for",
      );
      const error: SubgraphError = { ...NO_ENTITY, path: undefined };
      context.errors.addAll(locateErrors([error], group, context));
    }
  }
  context.completeness.record(fetch, isUsable ? asked : [{ subgraph: fetch.subgraph, outcome: "invalid" }]);
}

export function groupEntities(batch: EntityBatch, context: ExecutionContext): EntityGroup {
  const group = createEntityGroup(batch);
  for (const path of batch.paths) {
    for (const place of collectPlaces(context.data, path, context.typeConditions)) {
      addPlace(group, place, context);
    }
  }
  return group;
}

export function createEntityGroup(batch: EntityBatch): EntityGroup {
  return { batch, representations: [], placesOf: [], placesByText: new Map() };
}

/** Nothing is added where no entity can be fetched. */
export function addPlace(group: EntityGroup, place: Place, { typeConditions }: ExecutionContext): void {
  const representation = group.batch.printRepresentation(place.data, typeConditions);
  if (representation === undefined) {
    return;
  }
  const known = group.placesByText.get(representation);
  if (known !== undefined) {
    known.push(place);
    return;
  }
  const places = [place];
  group.placesByText.set(representation, places);
  group.representations.push(representation);
  group.placesOf.push(places);
}

function readEntities(group: EntityGroup, entities: readonly unknown[], context: ExecutionContext): void {
  entities.forEach((entity, index) => {
    if (isJsonObject(entity)) {
      for (const place of group.placesOf[index] ?? []) {
        readObject(group.batch.reader, entity, place.data, context.typeConditions);
      }
    } else if (entity !== null && entity !== undefined) {
      // Null is an entity that the subgraph does not know; anything else is no answer.
      const error: SubgraphError = { ...NO_ENTITY, path: [group.batch.responseKey, index] };
      context.errors.addAll(locateErrors([error], group, context));
    }
  });
}

/** Moves errors from the subgraph's answer to every place where their entity stands. */
function* locateErrors(
  errors: readonly SubgraphError[],
  group: EntityGroup,
  { typeConditions }: ExecutionContext,
): Iterable<FieldError> {
  const { reader } = group.batch;
  for (const { path, ...error } of errors) {
    const inner = renamePath(reader, path?.slice(2) ?? []);
    for (const place of placesOfError({ path }, group)) {
      const paths =
        inner.length === 0 ? locateMissingFields(reader, place, typeConditions) : [[...listPath(place.path), ...inner]];
      for (const located of paths) {
        yield { ...error, path: located };
      }
    }
  }
}

/** Of the entity that the error's path names; of all of them when it names none. */
function placesOfError({ path }: Pick<SubgraphError, "path">, { placesOf }: EntityGroup): readonly Place[] {
  const index = path?.[1];
  return (typeof index === "number" ? placesOf[index] : placesOf.flat()) ?? [];
}
