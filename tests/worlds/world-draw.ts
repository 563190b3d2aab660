import { createRandom } from "../kit/random-query";
import {
  type Holding,
  INTERFACE,
  isResolvedBy,
  KEYED_INTERFACE,
  nameOfType,
  type TypePart,
  UNION,
  type World,
  type WorldField,
  type WorldKey,
  type WorldSubgraph,
  type WorldType,
} from "./world";

const LEAVES = ["Int", "Float", "String", "Boolean", "ID", "Level", "String"];
const LEAF_WRAPPERS = ["T", "T", "T", "T!", "[T]", "[T!]!", "[[T]]", "[T!]"];
const OBJECT_WRAPPERS = ["T", "T", "T!", "[T]", "[T!]", "[T]!", "[[T!]]", "[T!]!"];
const PARAMETERS = [
  "n: Int",
  "n: Int = 1",
  "level: Level!",
  "level: Level = MID",
  "box: Box",
  "ids: [ID!]",
  "n: Int, level: Level",
];

export class WorldDraw {
  readonly types = new Map<string, WorldType>();
  readonly subgraphs: WorldSubgraph[] = [];
  /** Entity -> the keys it may have; the first one is the main key. */
  readonly keys = new Map<string, string[]>();
  readonly random: () => number;

  constructor(readonly seed: number) {
    this.random = createRandom(seed);
  }

  chance(percent: number): boolean {
    return this.random() * 100 < percent;
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.random() * items.length)] as Item;
  }

  shuffle<Item>(items: readonly Item[]): Item[] {
    return items
      .map((item) => ({ item, at: this.random() }))
      .toSorted((left, right) => left.at - right.at)
      .map(({ item }) => item);
  }

  get entities(): WorldType[] {
    return [...this.types.values()].filter(({ kind }) => kind === "entity");
  }

  addType(kind: WorldType["kind"], name: string, fields: readonly WorldField[]): WorldType {
    const type: WorldType = { kind, name, fields: new Map(fields.map((field) => [field.name, field])) };
    this.types.set(name, type);
    return type;
  }

  drawLeafField(name: string): WorldField {
    return makeField(
      name,
      this.pick(LEAF_WRAPPERS).replace("T", this.pick(LEAVES)),
      this.chance(25) ? this.pick(PARAMETERS) : undefined,
    );
  }

  drawObjectField(name: string, targets: readonly string[]): WorldField {
    return makeField(
      name,
      this.pick(OBJECT_WRAPPERS).replace("T", this.pick(targets)),
      this.chance(15) ? this.pick(PARAMETERS) : undefined,
    );
  }

  /** What a subgraph has of a type; an entity that it did not have comes with a key, a value with all its fields. */
  part(subgraph: WorldSubgraph, typeName: string): TypePart {
    const known = subgraph.parts.get(typeName);
    if (known !== undefined) {
      return known;
    }
    const part: TypePart = { keys: [], holdings: new Map() };
    subgraph.parts.set(typeName, part);
    const type = this.types.get(typeName);
    if (type?.kind === "entity") {
      this.hold(subgraph, typeName, "id", { how: "shared" });
      const [main = "id"] = this.keys.get(typeName) ?? [];
      this.addKey(subgraph, typeName, { fields: main, isResolvable: this.chance(60) });
    } else if (type?.kind === "value") {
      for (const field of type.fields.keys()) {
        this.hold(subgraph, typeName, field, { how: "shared" });
      }
    }
    return part;
  }

  addKey(subgraph: WorldSubgraph, typeName: string, key: WorldKey): void {
    const part = this.part(subgraph, typeName);
    const index = part.keys.findIndex(({ fields }) => fields === key.fields);
    part.keys.splice(index === -1 ? part.keys.length : index, 1, key);
    for (const [field] of key.fields.matchAll(/(?<!\{.*)\w+/g)) {
      this.hold(subgraph, typeName, field, { how: "shared" });
    }
  }

  /** Gives a subgraph a field, and all types that its value may have. */
  hold(subgraph: WorldSubgraph, typeName: string, fieldName: string, holding: Holding): void {
    const part = this.part(subgraph, typeName);
    if (part.holdings.has(fieldName) && holding.how === "shared") {
      return;
    }
    part.holdings.set(fieldName, holding);
    const field = this.types.get(typeName)?.fields.get(fieldName);
    this.ensureType(subgraph, nameOfType(field?.type ?? "Int"));
  }

  ensureType(subgraph: WorldSubgraph, name: string): void {
    const type = this.types.get(name);
    if (type !== undefined) {
      // An interface with a key has its members already; where it is an object, its part.
      if (type.kind !== "interface-object") {
        this.part(subgraph, name);
      }
    } else if ((name === INTERFACE || name === UNION) && !subgraph.members.has(name)) {
      // Set first: the members may have fields of this type.
      const members = this.shuffle(this.entities.map((entity) => entity.name)).slice(
        0,
        1 + Math.floor(this.random() * 3),
      );
      subgraph.members.set(name, members);
      for (const member of members) {
        this.part(subgraph, member);
      }
    }
  }

  /** Subgraphs that resolve a field. */
  holders(typeName: string, fieldName: string): WorldSubgraph[] {
    return this.subgraphs.filter(({ parts }) => {
      const holding = parts.get(typeName)?.holdings.get(fieldName);
      return holding !== undefined && isResolvedBy(holding);
    });
  }

  finish(): World {
    return {
      seed: this.seed,
      spoiltPercent: this.pick([0, 0, 2, 6, 15]),
      types: this.types,
      subgraphs: this.subgraphs,
    };
  }
}

export function makeField(name: string, type: string, parameters?: string, more: Partial<WorldField> = {}): WorldField {
  return { name, type, parameters, isSafe: false, isSolid: false, requires: undefined, ...more };
}

export function isLeafType(type: string): boolean {
  return LEAVES.includes(nameOfType(type));
}

export function isAbstractType(type: string): boolean {
  return [INTERFACE, UNION, KEYED_INTERFACE].includes(nameOfType(type));
}
