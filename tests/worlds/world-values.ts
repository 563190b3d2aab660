import { HubError } from "@alliance-hub/shared/hub-error";
import {
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  parseType,
  type SelectionSetNode,
  type TypeNode,
  valueFromASTUntyped,
} from "graphql";
import { createRandom } from "../kit/random-query";
import { membersOf, nameOfType, possibleTypes, type World, type WorldField } from "./world";

/** An object of the world, wherever it is resolved. */
export interface Handle {
  /** As the schema that resolves it calls it. */
  readonly __typename: string;
  readonly type: string;
  readonly row: string;
  /** What the subgraph that resolves it was sent with a reference. */
  readonly representation?: Readonly<Record<string, unknown>>;
  /** Fields that are known on this path only. */
  readonly provided?: string;
}

export type Arguments = Readonly<Record<string, unknown>>;

const ROWS = 4;

/** All values of a world, computed from their place each time: type, row, field and arguments give the same value. */
export class WorldValues {
  readonly #parsed = new Map<string, TypeNode>();
  readonly #selections = new Map<string, SelectionSetNode>();

  constructor(readonly world: World) {}

  /** @throws HubError Error where the data is spoilt */
  read(typeName: string, field: WorldField, handle: Handle, parameters: Arguments): unknown {
    if (field.requires !== undefined) {
      return this.compute(field, this.#select(this.#selection(field.requires), typeName, handle));
    }
    const row = Number(handle.row.slice(handle.row.indexOf("-") + 1));
    if (this.world.types.get(handle.type)?.kind === "entity") {
      switch (field.name) {
        case "id":
          return handle.row;
        case "code":
          return `c${this.#isKey(handle.type, "code") ? row : row % 2}`;
        case "spot":
          return { __typename: "Spot", type: "Spot", row: `${handle.row}/spot` };
      }
    }
    if (handle.type === "Spot" && field.name === "zip") {
      const owner = handle.row.split("/")[0] ?? "";
      const [ownerType = "", ownerRow = ""] = owner.split("-");
      return `z${this.#isKey(ownerType, "spot { zip }") ? ownerRow : Math.floor(Number(ownerRow) / 2)}`;
    }
    const place = `${typeName}|${handle.row}|${field.name}|${JSON.stringify(parameters)}`;
    const random = createRandom(hash(`${this.world.seed}|${place}`));
    return this.#fill(this.#parse(field.type), typeName, field, `${handle.row}/${field.name}`, random);
  }

  /** The value of a computed field, of the fields that it requires. */
  compute(field: WorldField, required: Readonly<Record<string, unknown>>): string {
    return `${field.name}:${hash(JSON.stringify(required))}`;
  }

  /**
   * What a computed field requires, as a subgraph was sent it.
   * @throws Error for what was not sent
   */
  readRequired(field: WorldField, sent: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
    return pick(this.#selection(field.requires ?? ""), sent);
  }

  /** The row that a reference means by one of these keys; null when there is none. */
  find(typeName: string, keys: readonly string[], reference: Readonly<Record<string, unknown>>): Handle | null {
    const concrete = this.world.types.get(typeName)?.kind === "entity" ? [typeName] : membersOf(this.world, typeName);
    for (const key of keys) {
      const selection = this.#selection(key);
      const sent = tryPick(selection, reference);
      if (sent === undefined) {
        continue;
      }
      for (const type of concrete) {
        for (const handle of this.#rows(type)) {
          if (JSON.stringify(this.#select(selection, type, handle)) === JSON.stringify(sent)) {
            return handle;
          }
        }
      }
      return null;
    }
    throw new Error(`a reference without a key of ${typeName}`);
  }

  #rows(type: string): Handle[] {
    return Array.from({ length: ROWS }, (_, index) => ({ __typename: type, type, row: `${type}-${index}` }));
  }

  #isKey(typeName: string, fields: string): boolean {
    return this.world.subgraphs.some(({ parts }) => parts.get(typeName)?.keys.some((key) => key.fields === fields));
  }

  #fill(type: TypeNode, typeName: string, field: WorldField, row: string, random: () => number): unknown {
    if (type.kind === Kind.NON_NULL_TYPE) {
      if (!field.isSafe && random() * 400 < this.world.spoiltPercent) {
        return random() < 0.5 ? null : refuse(random);
      }
      return this.#fillNullable(type.type, typeName, field, row, random);
    }
    if (!field.isSolid && random() < 0.1) {
      return null;
    }
    if (!field.isSafe && random() * 100 < this.world.spoiltPercent) {
      return refuse(random);
    }
    return this.#fillNullable(type, typeName, field, row, random);
  }

  #fillNullable(type: TypeNode, typeName: string, field: WorldField, row: string, random: () => number): unknown {
    if (type.kind === Kind.LIST_TYPE) {
      const length = Math.floor(random() * 4);
      return Array.from({ length }, (_, index) => this.#fill(type.type, typeName, field, `${row}.${index}`, random));
    }
    const named = nameOfType(field.type);
    if (named in LEAF_VALUES) {
      const values = LEAF_VALUES[named] ?? [];
      return values[Math.floor(random() * values.length)];
    }
    const types = possibleTypes(this.world, typeName, field);
    const concrete = types[Math.floor(random() * types.length)];
    if (concrete === undefined) {
      return null;
    }
    return this.world.types.get(concrete)?.kind === "entity"
      ? { __typename: concrete, type: concrete, row: `${concrete}-${Math.floor(random() * ROWS)}` }
      : { __typename: concrete, type: concrete, row };
  }

  /** Fields of an object as a reference carries them. */
  #select(selection: SelectionSetNode, typeName: string, handle: Handle): Readonly<Record<string, unknown>> {
    return Object.fromEntries(
      listFields(selection).map((node) => {
        const field = this.world.types.get(typeName)?.fields.get(node.name.value);
        if (field === undefined) {
          throw new Error(`${typeName} has no ${node.name.value}`);
        }
        const given = (node.arguments ?? []).map(({ name, value }) => [name.value, valueFromASTUntyped(value)]);
        const value = this.read(typeName, field, handle, completeArguments(field, Object.fromEntries(given)));
        return [field.name, this.#selectDeep(node.selectionSet, value)];
      }),
    );
  }

  #selectDeep(selection: SelectionSetNode | undefined, value: unknown): unknown {
    if (Array.isArray(value)) {
      return value.map((item) => this.#selectDeep(selection, item));
    }
    return selection === undefined || value === null
      ? value
      : this.#select(selection, (value as Handle).type, value as Handle);
  }

  #parse(type: string): TypeNode {
    const known = this.#parsed.get(type) ?? parseType(type);
    this.#parsed.set(type, known);
    return known;
  }

  #selection(fields: string): SelectionSetNode {
    const known = this.#selections.get(fields);
    if (known !== undefined) {
      return known;
    }
    const [operation] = parse(`{ ${fields} }`).definitions;
    const { selectionSet } = operation as OperationDefinitionNode;
    this.#selections.set(fields, selectionSet);
    return selectionSet;
  }
}

const LEAF_VALUES: Readonly<Record<string, readonly unknown[]>> = {
  Int: [0, 1, -7, 2 ** 31 - 1],
  Float: [0.5, 3, -1e-3, 1e21],
  String: ["", "a", 'quote " and \\', "é\u2028\n", "__proto__"],
  Boolean: [true, false],
  ID: ["1", "x y"],
  Level: ["LOW", "MID", "HIGH"],
};

function refuse(random: () => number): Error {
  return random() < 0.5 ? new HubError("NOT_FOUND", "No such row.") : new Error("a secret of the subgraph");
}

/** Defaults as graphql-js fills them in. */
function completeArguments({ parameters = "" }: WorldField, given: Record<string, unknown>): Arguments {
  const box = given["box"];
  if (parameters === "box: Box" && typeof box === "object" && box !== null) {
    return { box: { n: 5, ...box } };
  }
  return given;
}

function listFields({ selections }: SelectionSetNode): FieldNode[] {
  return selections.filter((node) => node.kind === Kind.FIELD);
}

function tryPick(selection: SelectionSetNode, source: unknown): Readonly<Record<string, unknown>> | undefined {
  try {
    return pick(selection, source);
  } catch {
    return undefined;
  }
}

/** @throws Error for what is not there: a value that the gateway had to send and did not */
function pick(selection: SelectionSetNode, source: unknown): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    listFields(selection).map((node) => {
      const name = node.name.value;
      if (typeof source !== "object" || source === null || !Object.hasOwn(source, name)) {
        throw new Error(`${name} was not sent`);
      }
      return [name, pickDeep(node.selectionSet, (source as Record<string, unknown>)[name])];
    }),
  );
}

function pickDeep(selection: SelectionSetNode | undefined, value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => pickDeep(selection, item));
  }
  return selection === undefined || value === null ? value : pick(selection, value);
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
  }
  return state >>> 0;
}
