import {
  type GraphQLInputType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from "graphql";

const VARIABLES = { yes: true, no: false, two: 2 };

const DECLARATIONS = { yes: "$yes: Boolean!", no: "$no: Boolean = false", two: "$two: Int" };

/** A name in place of a text: an enum's value. */
class Name {
  constructor(readonly text: string) {}
}

/** Random arguments and conditions of one operation, and the variables they use. */
export class RandomArguments {
  readonly variables: Record<string, unknown> = { ...VARIABLES };
  readonly #declarations: Record<string, string> = { ...DECLARATIONS };

  constructor(readonly random: () => number) {}

  /** As GraphQL writes it: a literal, or a variable, alone or inside of one. */
  writeValue(type: GraphQLInputType): string {
    if (this.random() < 0.2) {
      return this.#declareVariable(type);
    }
    const inner = getNullableType(type);
    if (!isNonNullType(type) && this.random() < 0.05) {
      return "null";
    }
    if (isListType(inner)) {
      const items = Array.from({ length: Math.floor(this.random() * 3) }, () => this.writeValue(inner.ofType));
      return `[${items.join(", ")}]`;
    }
    if (isInputObjectType(inner)) {
      const given = Object.values(inner.getFields()).filter(
        (field) => isNonNullType(field.type) || this.random() < 0.6,
      );
      return `{ ${given.map((field) => `${field.name}: ${this.writeValue(field.type)}`).join(", ")} }`;
    }
    // Null is no reason against a default value here: the variable always has a value.
    return `${inner}` === "Int" && !isNonNullType(type) && this.random() < 0.3 ? "$two" : print(this.#drawValue(type));
  }

  writeDirective(): string {
    const roll = this.random();
    const condition = () => this.#pick(["$yes", "$no", "true", "false"]);
    return roll < 0.05 ? ` @include(if: ${condition()})` : roll < 0.1 ? ` @skip(if: ${condition()})` : "";
  }

  /** A variable that is declared and not used makes an operation invalid. */
  declareVariables(text: string): string {
    const used = Object.entries(this.#declarations).filter(([name]) => new RegExp(`\\$${name}\\b`).test(text));
    return used.length === 0 ? "" : `(${used.map(([, declaration]) => declaration).join(", ")})`;
  }

  #declareVariable(type: GraphQLInputType): string {
    const name = `v${Object.keys(this.#declarations).length}`;
    const isGiven = isNonNullType(type) || this.random() < 0.7;
    const byDefault = this.random() < 0.3 ? ` = ${print(this.#drawValue(type))}` : "";
    this.#declarations[name] = `$${name}: ${type}${byDefault}`;
    if (isGiven) {
      this.variables[name] = toJson(this.#drawValue(type));
    }
    return `$${name}`;
  }

  #drawValue(type: GraphQLInputType): unknown {
    const inner = getNullableType(type);
    if (!isNonNullType(type) && this.random() < 0.1) {
      return null;
    }
    if (isListType(inner)) {
      return Array.from({ length: Math.floor(this.random() * 3) }, () => this.#drawValue(inner.ofType));
    }
    if (isInputObjectType(inner)) {
      const given = Object.values(inner.getFields()).filter(
        (field) => isNonNullType(field.type) || this.random() < 0.6,
      );
      return Object.fromEntries(given.map((field) => [field.name, this.#drawValue(field.type)]));
    }
    if (isEnumType(inner)) {
      return new Name(this.#pick(inner.getValues().map(({ name }) => name)));
    }
    const values: Record<string, readonly unknown[]> = {
      Int: [1, 2, 3],
      Float: [0.5, 2, -1e3],
      Boolean: [true, false],
      ID: ["1", "2", "9"],
      String: ["a", 'b "c"', "é\n"],
    };
    return this.#pick(values[`${inner}`] ?? [null]);
  }

  #pick<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.random() * items.length)] as Item;
  }
}

function print(value: unknown): string {
  if (value instanceof Name) {
    return value.text;
  }
  if (Array.isArray(value)) {
    return `[${value.map(print).join(", ")}]`;
  }
  return typeof value === "object" && value !== null
    ? `{ ${Object.entries(value)
        .map(([key, item]) => `${key}: ${print(item)}`)
        .join(", ")} }`
    : JSON.stringify(value);
}

function toJson(value: unknown): unknown {
  if (value instanceof Name) {
    return value.text;
  }
  if (Array.isArray(value)) {
    return value.map(toJson);
  }
  return typeof value === "object" && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toJson(item)]))
    : value;
}
