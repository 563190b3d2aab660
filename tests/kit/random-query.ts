import {
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from "graphql";

/** A query with the variables it declares. */
export interface RandomQuery {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

const VARIABLES = { yes: true, no: false, two: 2 } as const;

const DECLARATIONS = { yes: "$yes: Boolean!", no: "$no: Boolean = false", two: "$two: Int" };

/** Names that a client may give a field and that an engine may stumble over. */
const AWKWARD_ALIASES = ["id", "name", "title", "__proto__", "constructor", "toString", "price", "x", "y"];

/**
 * A random query of a schema: aliases, arguments, fragments on every possible type, conditions. The same seed gives the
 * same query. Not every query is valid: two fields may want the same response key.
 */
export function generateQuery(schema: GraphQLSchema, seed: number, maxDepth = 4): RandomQuery {
  const random = createRandom(seed);
  const queryType = schema.getQueryType();
  if (!queryType) {
    throw new Error("the schema has no query type");
  }
  const body = new QueryWriter(schema, random).writeSelections(queryType, maxDepth);
  // A variable that is declared and not used makes a query invalid.
  const used = Object.entries(DECLARATIONS).filter(([name]) => body.includes(`$${name}`));
  const declared = used.length === 0 ? "" : `(${used.map(([, declaration]) => declaration).join(", ")})`;
  return { query: `query ${declared} ${body}`, variables: VARIABLES };
}

class QueryWriter {
  /** Response key -> what it stands for: a key must not stand for two things. */
  readonly #meanings = new Map([["__typename", "the type"]]);

  constructor(
    readonly schema: GraphQLSchema,
    readonly random: () => number,
  ) {}

  writeSelections(type: GraphQLCompositeType, depth: number): string {
    const count = 1 + Math.floor(this.random() * 3);
    const selections = Array.from({ length: count }, () => this.#writeSelection(type, depth));
    // A leaf that is always there, so that no selection set is empty.
    return `{ __typename ${selections.join(" ")} }`;
  }

  #writeSelection(type: GraphQLCompositeType, depth: number): string {
    if (isUnionType(type) || (this.random() < 0.25 && depth > 0)) {
      const condition = this.#pick(this.#conditionsOf(type));
      const directive = this.#writeDirective();
      return `... on ${condition.name}${directive} ${this.writeSelections(condition, depth - 1)}`;
    }
    const fields = Object.values(type.getFields()).filter(
      (field) => depth > 0 || !isCompositeType(getNamedType(field.type)),
    );
    return fields.length === 0 ? "__typename" : this.#writeField(this.#pick(fields), depth);
  }

  #writeField(field: GraphQLField<unknown, unknown>, depth: number): string {
    const parameters = this.#writeArguments(field);
    const alias = this.#chooseAlias(field, parameters);
    const namedType = getNamedType(field.type);
    const selections = isCompositeType(namedType) ? ` ${this.writeSelections(namedType, depth - 1)}` : "";
    return `${alias}${field.name}${parameters}${this.#writeDirective()}${selections}`;
  }

  #chooseAlias(field: GraphQLField<unknown, unknown>, parameters: string): string {
    const meaning = `${field.name}${parameters}: ${field.type}`;
    const roll = this.random();
    const wanted =
      roll < 0.2 ? this.#pick(AWKWARD_ALIASES) : roll < 0.3 ? `a${Math.floor(this.random() * 100)}` : field.name;
    let key = wanted;
    while ((this.#meanings.get(key) ?? meaning) !== meaning) {
      key = `b${this.#meanings.size}`;
    }
    this.#meanings.set(key, meaning);
    return key === field.name ? "" : `${key}: `;
  }

  #writeArguments(field: GraphQLField<unknown, unknown>): string {
    const given = field.args
      .filter((argument) => isNonNullType(argument.type) || this.random() < 0.5)
      .map((argument) => {
        const type = getNamedType(argument.type);
        const values = isEnumType(type)
          ? type.getValues().map((value) => value.name)
          : { Int: ["1", "2", "$two"], Boolean: ["true", "false", "$no"], ID: ['"1"', '"2"', '"9"'], String: ['"a"'] }[
              type.name
            ];
        return `${argument.name}: ${this.#pick(values ?? ["null"])}`;
      });
    return given.length === 0 ? "" : `(${given.join(", ")})`;
  }

  #writeDirective(): string {
    const roll = this.random();
    return roll < 0.05
      ? ` @include(if: ${this.#pick(["$yes", "$no", "true", "false"])})`
      : roll < 0.1
        ? ` @skip(if: ${this.#pick(["$yes", "$no", "true", "false"])})`
        : "";
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
