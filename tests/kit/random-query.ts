import {
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
  isUnionType,
  type OperationTypeNode,
} from "graphql";
import { RandomArguments } from "./random-arguments";

/** An operation with the variables it declares, and perhaps some that it does not. */
export interface RandomQuery {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Names that a client may give a field and that an engine may stumble over. */
const AWKWARD_ALIASES = ["id", "name", "title", "__proto__", "constructor", "toString", "price", "x", "y"];

/**
 * A random operation of a schema: aliases, arguments, variables, fragments with and without a name on every possible type,
 * conditions, and the same alias with other arguments in two places. The same seed gives the same operation. Not every one is
 * valid: two fields may want the same response key.
 */
export function generateQuery(
  schema: GraphQLSchema,
  seed: number,
  maxDepth = 4,
  kind: "query" | "mutation" = "query",
): RandomQuery {
  const random = createRandom(seed);
  const rootType = schema.getRootType(kind as OperationTypeNode);
  if (!rootType) {
    throw new Error(`the schema has no ${kind} type`);
  }
  const writer = new QueryWriter(schema, random);
  const body = writer.writeSelections(rootType, maxDepth, "");
  const text = [body, ...writer.fragments.map(({ text: fragment }) => fragment)].join(" ");
  return {
    query: `${kind} ${writer.parameters.declareVariables(text)} ${text}`,
    variables: writer.parameters.variables,
  };
}

interface WrittenFragment {
  readonly name: string;
  readonly condition: string;
  readonly text: string;
}

class QueryWriter {
  readonly parameters: RandomArguments;
  readonly fragments: WrittenFragment[] = [];
  /** Path and response key -> what it stands for: a key must not stand for two things in one place. */
  readonly #meanings = new Map<string, string>();
  #fragmentCount = 0;

  constructor(
    readonly schema: GraphQLSchema,
    readonly random: () => number,
  ) {
    this.parameters = new RandomArguments(random);
  }

  writeSelections(type: GraphQLCompositeType, depth: number, path: string): string {
    const count = 1 + Math.floor(this.random() * 3);
    const selections = Array.from({ length: count }, () => this.#writeSelection(type, depth, path));
    // A leaf that is always there, so that no selection set is empty.
    return `{ __typename ${selections.join(" ")} }`;
  }

  #writeSelection(type: GraphQLCompositeType, depth: number, path: string): string {
    if (isUnionType(type) || (this.random() < 0.25 && depth > 0)) {
      return this.#writeFragment(this.#pick(this.#conditionsOf(type)), depth, path);
    }
    const fields = Object.values(type.getFields()).filter(
      (field) => depth > 0 || !isCompositeType(getNamedType(field.type)),
    );
    return fields.length === 0 ? "__typename" : this.#writeField(this.#pick(fields), type, depth, path);
  }

  #writeFragment(condition: GraphQLCompositeType, depth: number, path: string): string {
    const directive = this.parameters.writeDirective();
    const roll = this.random();
    const known = this.fragments.filter((fragment) => fragment.condition === condition.name);
    if (roll < 0.15 && known.length > 0) {
      return `...${this.#pick(known).name}${directive}`;
    }
    const selections = this.writeSelections(condition, depth - 1, path);
    if (roll > 0.7) {
      const name = `F${this.#fragmentCount}`;
      this.#fragmentCount += 1;
      this.fragments.push({
        name,
        condition: condition.name,
        text: `fragment ${name} on ${condition.name} ${selections}`,
      });
      return `...${name}${directive}`;
    }
    return `...${roll < 0.6 ? ` on ${condition.name}` : ""}${directive} ${selections}`;
  }

  #writeField(
    field: GraphQLField<unknown, unknown>,
    parent: GraphQLCompositeType,
    depth: number,
    path: string,
  ): string {
    const parameters = this.#writeArguments(field);
    const key = this.#chooseKey(field, parent, parameters, path);
    const namedType = getNamedType(field.type);
    const selections = isCompositeType(namedType)
      ? ` ${this.writeSelections(namedType, depth - 1, `${path}.${key}`)}`
      : "";
    const alias = key === field.name ? "" : `${key}: `;
    return `${alias}${field.name}${parameters}${this.parameters.writeDirective()}${selections}`;
  }

  #chooseKey(
    field: GraphQLField<unknown, unknown>,
    parent: GraphQLCompositeType,
    parameters: string,
    path: string,
  ): string {
    const meaning = `${field.name}${parameters}: ${field.type}`;
    // No object is of two types: in fragments on two object types a key may have two arguments.
    const place = isObjectType(parent) && this.random() < 0.3 ? `${path}<${parent.name}>` : path;
    const roll = this.random();
    const wanted =
      roll < 0.2 ? this.#pick(AWKWARD_ALIASES) : roll < 0.3 ? `a${Math.floor(this.random() * 100)}` : field.name;
    let key = wanted;
    while (key === "__typename" || (this.#meanings.get(`${place}.${key}`) ?? meaning) !== meaning) {
      key = `b${this.#meanings.size}`;
    }
    this.#meanings.set(`${place}.${key}`, meaning);
    return key;
  }

  #writeArguments(field: GraphQLField<unknown, unknown>): string {
    const given = field.args
      .filter(
        (argument) => (isNonNullType(argument.type) && argument.defaultValue === undefined) || this.random() < 0.5,
      )
      .map((argument) => `${argument.name}: ${this.parameters.writeValue(argument.type)}`);
    return given.length === 0 ? "" : `(${given.join(", ")})`;
  }

  #conditionsOf(type: GraphQLCompositeType): readonly GraphQLCompositeType[] {
    const possible = isAbstractType(type) ? this.schema.getPossibleTypes(type) : [type];
    const interfaces = possible.flatMap((objectType) =>
      isObjectType(objectType) || isInterfaceType(objectType) ? objectType.getInterfaces() : [],
    );
    return [type, ...possible, ...interfaces];
  }

  #pick<Item>(items: readonly Item[]): Item {
    const item = items[Math.floor(this.random() * items.length)];
    if (item === undefined) {
      throw new Error("nothing to pick from");
    }
    return item;
  }
}

/** Mulberry32: small, and good enough to choose fields. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
