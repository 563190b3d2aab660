import type { EntityGroup } from "../request/entity-question";

/** The entities of one group in an instance's data; undefined unless there is one, or null, for each representation. */
export function readEntities(
  data: unknown,
  { responseKey, representations }: EntityGroup,
): readonly unknown[] | undefined {
  if (typeof data !== "object" || data === null || !Object.hasOwn(data, responseKey)) {
    return undefined;
  }
  const entities = (data as Readonly<Record<string, unknown>>)[responseKey];
  return Array.isArray(entities) && entities.length === representations.length ? entities : undefined;
}
