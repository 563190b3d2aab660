import { Kind, print, type TypeNode, type ValueNode } from "graphql";
import { namedTypeOf } from "./field-set";
import type { SubgraphSchema } from "./subgraph-schema";

const MAX_INT = 2_147_483_647;

/** Literals that the built-in scalars accept (GraphQL specification 3.5). */
const BUILT_IN: Readonly<Record<string, (value: ValueNode) => boolean>> = {
  Int: (value) => value.kind === Kind.INT && Number(value.value) <= MAX_INT && Number(value.value) >= -MAX_INT - 1,
  Float: (value) => value.kind === Kind.INT || value.kind === Kind.FLOAT,
  String: (value) => value.kind === Kind.STRING,
  Boolean: (value) => value.kind === Kind.BOOLEAN,
  ID: (value) => value.kind === Kind.STRING || value.kind === Kind.INT,
};

/** Why a literal is no value of an input type of the subgraph; undefined when it is one. Custom scalars take anything. */
export function describeWrongValue(subgraph: SubgraphSchema, type: TypeNode, value: ValueNode): string | undefined {
  if (type.kind === Kind.NON_NULL_TYPE) {
    return value.kind === Kind.NULL
      ? `null is no value of ${print(type)}`
      : describeWrongValue(subgraph, type.type, value);
  }
  if (value.kind === Kind.NULL || value.kind === Kind.VARIABLE) {
    return undefined;
  }
  if (type.kind === Kind.LIST_TYPE) {
    const items = value.kind === Kind.LIST ? value.values : [value];
    return items.map((item) => describeWrongValue(subgraph, type.type, item)).find((fault) => fault !== undefined);
  }
  const name = namedTypeOf(type);
  const inputType = subgraph.types.get(name);
  const wrong = `${print(value)} is no value of ${name}`;
  if (inputType === undefined) {
    return BUILT_IN[name]?.(value) === false ? wrong : undefined;
  }
  if (inputType.kind === "enum") {
    return value.kind === Kind.ENUM && inputType.members.includes(value.value) ? undefined : wrong;
  }
  if (inputType.kind !== "input") {
    return undefined;
  }
  if (value.kind !== Kind.OBJECT) {
    return wrong;
  }
  const given = new Map(value.fields.map((field) => [field.name.value, field.value]));
  for (const [fieldName, fieldValue] of given) {
    const field = inputType.inputFields.get(fieldName);
    const fault =
      field === undefined
        ? `${name} has no field "${fieldName}"`
        : describeWrongValue(subgraph, field.type, fieldValue);
    if (fault !== undefined) {
      return fault;
    }
  }
  const missing = [...inputType.inputFields.values()].find(
    (field) =>
      field.type.kind === Kind.NON_NULL_TYPE && field.defaultValue === undefined && !given.has(field.name.value),
  );
  return missing && `${name} needs its field "${missing.name.value}"`;
}
