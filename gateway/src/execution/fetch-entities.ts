import { collectObjects, collectPlaces, type Place } from "./entity-places";
import type { EntityBatch, EntityFetch } from "./executable-plan";
import type { ExecutionContext } from "./execution-context";
import type { FieldError } from "./field-error";
import { locateMissingFields, renamePath } from "./locate-errors";
import { isJsonObject, type ObjectData } from "./object-data";
import { canPutFields, type EntityTextBatch, putFields, type ReadEntities, readEntitiesText } from "./read-text";
import { listPath } from "./response-path";
import { readObject } from "./selection-reader";
import { parseData, sendFetch } from "./send-fetch";
import type { SubgraphError } from "./subgraph-errors";

/** The entities of one `_entities` field: each once, with all the objects that stand for it. */
export interface EntityGroup {
  readonly batch: EntityBatch;
  /** As JSON text. */
  readonly representations: string[];
  /** The objects that are to be filled, by the index of their representation. */
  readonly objectsOf: ObjectData[][];
  readonly objectsByIdentity: Map<string, ObjectData[]>;
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
  const { read, text, data, errors, asked } = await sendFetch(fetch, questions, context, (answerText) =>
    readEntitiesText(answerText, groups.map(toTextBatch), context.typeConditions),
  );
  if (read !== undefined && text !== undefined) {
    groups.forEach((group, index) => {
      if (!putEntities(group, read[index] ?? [])) {
        const entities = parseData(text)?.[group.batch.responseKey];
        readEntities(group, Array.isArray(entities) ? entities : [], context);
      }
    });
    context.completeness.record(fetch, asked);
    return;
  }
  let isUsable = true;
  for (const group of groups) {
    const entities = data === undefined ? undefined : data[group.batch.responseKey];
    const isComplete = Array.isArray(entities) && entities.length === group.representations.length;
    if (isComplete) {
      readEntities(group, entities, context);
    }
    const ownErrors = errors.filter(({ path }) => path === undefined || path[0] === group.batch.responseKey);
    context.errors.addAll(locateErrors(ownErrors, group, context));
    const isExplained = ownErrors.some((error) => choose(error, group.objectsOf).length > 0);
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
    for (const object of collectObjects(context.data, path, context.typeConditions)) {
      addObject(group, object, context);
    }
  }
  return group;
}

export function createEntityGroup(batch: EntityBatch): EntityGroup {
  return { batch, representations: [], objectsOf: [], objectsByIdentity: new Map() };
}

/** Nothing is added where no entity can be fetched. */
export function addObject(group: EntityGroup, object: ObjectData, { typeConditions }: ExecutionContext): void {
  const { representation } = group.batch;
  const identity = representation.identify(object, typeConditions);
  if (identity === undefined) {
    return;
  }
  const known = group.objectsByIdentity.get(identity);
  if (known !== undefined) {
    known.push(object);
    return;
  }
  const text = representation.print(object, typeConditions);
  if (text !== undefined) {
    const objects = [object];
    group.objectsByIdentity.set(identity, objects);
    group.representations.push(text);
    group.objectsOf.push(objects);
  }
}

function toTextBatch({ batch: { responseKey, textSelection }, objectsOf }: EntityGroup): EntityTextBatch {
  return { responseKey, selection: textSelection, objectsOf };
}

/** False, and nothing done, when some object has to be filled up rather than set. */
function putEntities({ objectsOf }: EntityGroup, entities: ReadEntities): boolean {
  const canPut = entities.every(
    (entity, index) =>
      entity === null || (objectsOf[index] ?? []).every((object) => canPutFields(entity.shape, object)),
  );
  if (canPut) {
    entities.forEach((entity, index) => {
      objectsOf[index]?.forEach((object, place) => {
        if (entity !== null) {
          putFields(entity, object, place > 0);
        }
      });
    });
  }
  return canPut;
}

function readEntities(group: EntityGroup, entities: readonly unknown[], context: ExecutionContext): void {
  entities.forEach((entity, index) => {
    if (isJsonObject(entity)) {
      for (const object of group.objectsOf[index] ?? []) {
        readObject(group.batch.reader, entity, object, context.typeConditions);
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
  { data, typeConditions }: ExecutionContext,
): Iterable<FieldError> {
  if (errors.length === 0) {
    return;
  }
  const { reader } = group.batch;
  const placesOf = findPlaces(group, data);
  for (const { path, ...error } of errors) {
    const inner = renamePath(reader, path?.slice(2) ?? []);
    for (const place of choose({ path }, placesOf)) {
      const paths =
        inner.length === 0 ? locateMissingFields(reader, place, typeConditions) : [[...listPath(place.path), ...inner]];
      for (const located of paths) {
        yield { ...error, path: located };
      }
    }
  }
}

/**
 * Where the objects of a group stand, which only errors have to know. What an object is called may have changed since it was
 * found, so the objects themselves decide, not their types.
 */
function findPlaces({ batch, objectsOf }: EntityGroup, data: ObjectData): readonly (readonly Place[])[] {
  const placesOf = objectsOf.map((): Place[] => []);
  const placesByObject = new Map<ObjectData, Place[] | undefined>();
  objectsOf.forEach((objects, index) => {
    for (const object of objects) {
      placesByObject.set(object, placesOf[index]);
    }
  });
  for (const path of batch.paths) {
    for (const place of collectPlaces(data, path)) {
      placesByObject.get(place.data)?.push(place);
    }
  }
  return placesOf;
}

/** Of the entity that the error's path names; of all of them when it names none. */
function choose<T>({ path }: Pick<SubgraphError, "path">, itemsOf: readonly (readonly T[])[]): readonly T[] {
  const index = path?.[1];
  return (typeof index === "number" ? itemsOf[index] : itemsOf.flat()) ?? [];
}
