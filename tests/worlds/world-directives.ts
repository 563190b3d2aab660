import { INTERFACE, nameOfType, type WorldField, type WorldSubgraph } from "./world";
import { isAbstractType, isLeafType, makeField, type WorldDraw } from "./world-draw";

/** Some fields are resolved by a second subgraph too; where they are never null, one of the two may promise so. */
export function addSharedFields(draw: WorldDraw): void {
  for (const { type, field, owner } of listOwnedFields(draw)) {
    const others = draw.subgraphs.filter((subgraph) => subgraph !== owner && canHold(draw, subgraph, type, field));
    if (others.length === 0 || !draw.chance(15)) {
      continue;
    }
    const second = draw.pick(others);
    draw.hold(second, type, field.name, { how: "shared" });
    // Not where another type has a field of this name: under one alias of the client's, the two conflict in the subgraph
    // that promises more (docs/known-limits.md).
    const isLax = field.name.startsWith("u") && !field.type.endsWith("!") && draw.chance(60);
    field.isSolid ||= isLax;
    field.isSafe ||= isLax;
    draw.hold(owner, type, field.name, { how: "own", ...(isLax && { strictType: `${field.type}!` }) });
    owner.parts.get(type)?.holdings.set(field.name, { how: "shared", ...(isLax && { strictType: `${field.type}!` }) });
  }
}

/** Some fields move to another subgraph. */
export function addOverrides(draw: WorldDraw): void {
  for (const { type, field, owner } of listOwnedFields(draw)) {
    const others = draw.subgraphs.filter((subgraph) => subgraph !== owner && canHold(draw, subgraph, type, field));
    if (others.length > 0 && !isAbstractType(field.type) && draw.chance(8)) {
      draw.hold(draw.pick(others), type, field.name, { how: "taking", from: owner.name });
      owner.parts.get(type)?.holdings.set(field.name, { how: "taken" });
    }
  }
}

/** Fields that one subgraph computes of what others know (`@requires`), of values and of other entities as well. */
export function addComputedFields(draw: WorldDraw): void {
  for (const { name } of draw.entities) {
    const homes = draw.subgraphs.filter(({ parts }) => parts.get(name)?.keys.some(({ isResolvable }) => isResolvable));
    const home = draw.pick(homes);
    if (homes.length < 2 || !draw.chance(60) || !hasOneKey(draw, name)) {
      continue;
    }
    const needed = listOwnedFields(draw)
      .filter(({ type, owner, field }) => type === name && owner !== home && !isAbstractType(field.type))
      .filter(({ field }) => home.parts.get(name)?.holdings.get(field.name) === undefined);
    const selections = draw
      .shuffle(needed)
      .slice(0, 1 + Math.floor(draw.random() * 2))
      .flatMap(({ field }) => requireField(draw, home, name, field) ?? []);
    if (selections.length > 0) {
      const field = makeField(`${home.name}c`, "String", undefined, { isSafe: true, requires: selections.join(" ") });
      draw.types.get(name)?.fields.set(field.name, field);
      draw.hold(home, name, field.name, { how: "own" });
    }
  }
}

/** A selection of the field for `@requires`, whose parts the subgraph gets as external ones; undefined where there is none. */
function requireField(draw: WorldDraw, home: WorldSubgraph, type: string, field: WorldField): string | undefined {
  const written = writeParameters(draw, field);
  if (written === undefined) {
    return undefined;
  }
  if (isLeafType(field.type)) {
    field.isSafe = true;
    draw.hold(home, type, field.name, { how: "external" });
    return `${field.name}${written}`;
  }
  const target = draw.types.get(nameOfType(field.type));
  const leaves = [...(target?.fields.values() ?? [])].filter(
    (inner) => isLeafType(inner.type) && inner.parameters === undefined && inner.requires === undefined,
  );
  if (target === undefined || leaves.length === 0) {
    return undefined;
  }
  draw.hold(home, type, field.name, { how: "external" });
  field.isSafe = true;
  const inner = draw.shuffle(leaves).slice(0, 2);
  for (const leaf of inner) {
    leaf.isSafe = true;
    if (home.parts.get(target.name)?.holdings.get(leaf.name) === undefined) {
      draw.hold(home, target.name, leaf.name, { how: "external" });
    }
  }
  return `${field.name}${written} { ${inner.map((leaf) => leaf.name).join(" ")} }`;
}

/** Fields that a subgraph knows on one path only (`@provides`). */
export function addProvidedFields(draw: WorldDraw): void {
  for (const { type, field, owner } of listOwnedFields(draw)) {
    const target = draw.types.get(nameOfType(field.type));
    const holding = owner.parts.get(type)?.holdings.get(field.name);
    if (target?.kind !== "entity" || holding?.how !== "own" || !draw.chance(30)) {
      continue;
    }
    const known = owner.parts.get(target.name)?.holdings;
    const missing = [...target.fields.values()].filter(
      (inner) =>
        isLeafType(inner.type) &&
        inner.requires === undefined &&
        inner.parameters === undefined &&
        (known?.get(inner.name)?.how ?? "external") === "external" &&
        draw.holders(target.name, inner.name).every(({ parts }) => {
          const other = parts.get(target.name)?.holdings.get(inner.name)?.how;
          return other === "own" || other === "shared";
        }),
    );
    if (missing.length > 0) {
      const provided = draw.pick(missing);
      draw.hold(owner, target.name, provided.name, { how: "external" });
      owner.parts.get(type)?.holdings.set(field.name, { ...holding, provides: provided.name });
      // A field that is provided elsewhere is shared.
      for (const { parts } of draw.holders(target.name, provided.name)) {
        const other = parts.get(target.name)?.holdings.get(provided.name);
        parts.get(target.name)?.holdings.set(provided.name, { ...other, how: "shared" });
      }
    }
  }
}

interface OwnedField {
  readonly type: string;
  readonly field: WorldField;
  readonly owner: WorldSubgraph;
}

/** Fields that exactly one subgraph has, as its own; neither keys nor computed ones. */
function listOwnedFields(draw: WorldDraw): OwnedField[] {
  return [...draw.types.values()].flatMap(({ name: type, fields }) =>
    [...fields.values()].flatMap((field): OwnedField[] => {
      const holders = draw.subgraphs.filter(({ parts }) => parts.get(type)?.holdings.get(field.name)?.how === "own");
      const [owner] = holders;
      const isAlone = holders.length === 1 && draw.holders(type, field.name).length === 1;
      return isAlone && owner !== undefined && field.requires === undefined ? [{ type, field, owner }] : [];
    }),
  );
}

/** Whether a second subgraph could resolve the field: it has the type to be reached by a key, and not yet the field. */
function canHold(draw: WorldDraw, subgraph: WorldSubgraph, type: string, field: WorldField): boolean {
  const part = subgraph.parts.get(type);
  if (part === undefined || part.holdings.has(field.name)) {
    return false;
  }
  if (draw.types.get(type)?.kind === "entity" && !part.keys.some(({ isResolvable }) => isResolvable)) {
    return false;
  }
  if (!isAbstractType(field.type)) {
    return true;
  }
  // A shared field of an abstract type must know the same members everywhere, and of an interface all that clients may ask for
  // (docs/known-limits.md).
  if (nameOfType(field.type) === INTERFACE) {
    return false;
  }
  const [owner] = draw.holders(type, field.name);
  const members = owner?.members.get(nameOfType(field.type))?.toSorted().join();
  return members !== undefined && members === subgraph.members.get(nameOfType(field.type))?.toSorted().join();
}

/** Whether an entity has the same key everywhere: with more, the planner loses computed fields (docs/known-limits.md). */
function hasOneKey({ subgraphs }: WorldDraw, type: string): boolean {
  return (
    new Set(subgraphs.flatMap(({ parts }) => (parts.get(type)?.keys ?? []).map(({ fields }) => fields))).size === 1
  );
}

function writeParameters(draw: WorldDraw, { parameters }: WorldField): string | undefined {
  switch (parameters) {
    case undefined:
      return "";
    case "n: Int":
      return draw.pick(["", "(n: 2)"]);
    case "level: Level!":
      return "(level: HIGH)";
    case "box: Box":
      return "(box: { n: 3 })";
    default:
      return undefined;
  }
}
