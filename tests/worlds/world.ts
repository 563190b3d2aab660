/**
 * A world is one schema with its data, cut into the subgraphs of a federation. The monolith and every subgraph resolve the same
 * values, so what clients get of the two must be the same.
 */
export interface World {
  readonly seed: number;
  /** How much of the data is null or fails; 0 for none. */
  readonly spoiltPercent: number;
  readonly types: ReadonlyMap<string, WorldType>;
  readonly subgraphs: readonly WorldSubgraph[];
}

export interface WorldType {
  readonly kind: "entity" | "value" | "root" | "interface-object";
  readonly name: string;
  readonly fields: Map<string, WorldField>;
}

export interface WorldField {
  readonly name: string;
  /** With its wrappers, as `[[Level!]]`. */
  readonly type: string;
  /** Its arguments as the schema has them, without brackets. */
  readonly parameters: string | undefined;
  /** Never fails, and is never null where it must not be: others are computed of it. */
  isSafe: boolean;
  /** Never null either. */
  isSolid: boolean;
  /** The fields that it is computed of, for a field with `@requires`. */
  readonly requires: string | undefined;
}

export interface WorldSubgraph {
  readonly name: string;
  /** Type -> what this subgraph has of it. */
  readonly parts: Map<string, TypePart>;
  /** Interface or union -> the object types that it may be here. */
  readonly members: Map<string, string[]>;
}

export interface TypePart {
  readonly keys: WorldKey[];
  readonly holdings: Map<string, Holding>;
}

export interface WorldKey {
  readonly fields: string;
  readonly isResolvable: boolean;
}

/** How a subgraph has a field. Only `own`, `shared` and `taking` resolve it. */
export interface Holding {
  readonly how: "own" | "shared" | "external" | "taking" | "taken";
  /** Of `taking`: the subgraph that had it (`@override`). */
  readonly from?: string;
  readonly provides?: string;
  /** Where it is not the type of the whole graph, which is the laxer one. */
  readonly strictType?: string;
}

export const INTERFACE = "Named";
export const KEYED_INTERFACE = "Media";
export const UNION = "Item";

/** `[[Level!]]` -> `Level`. */
export function nameOfType(type: string): string {
  return type.replaceAll(/[^A-Za-z0-9_]/g, "");
}

export function isResolvedBy({ how }: Holding): boolean {
  return how !== "external" && how !== "taken";
}

/** The object types that a field's value may have: what every subgraph that resolves it knows. */
export function possibleTypes(world: World, typeName: string, field: WorldField): readonly string[] {
  const named = nameOfType(field.type);
  if (world.types.has(named) && world.types.get(named)?.kind !== "interface-object") {
    return [named];
  }
  const lists = world.subgraphs
    .filter(({ parts }) => {
      const holding = parts.get(typeName)?.holdings.get(field.name);
      return holding !== undefined && isResolvedBy(holding);
    })
    .map(({ members }) => members.get(named))
    // A subgraph that has the interface as an object knows no members: any may be meant.
    .filter((members) => members !== undefined);
  const [first = membersOf(world, named), ...others] = lists;
  return first.filter((name) => others.every((members) => members.includes(name)));
}

/** Of the whole graph. */
export function membersOf({ subgraphs }: World, abstractName: string): string[] {
  return [...new Set(subgraphs.flatMap(({ members }) => members.get(abstractName) ?? []))].toSorted();
}
