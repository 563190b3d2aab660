import {
  type FieldNode,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isLeafType,
  isListType,
  Kind,
  type ValueNode,
  valueFromAST,
  visit,
} from "graphql";
import { addSaturating, type CostFormula, sumOf, type Variables } from "./cost-formula";
import type { CostRules, FieldCostRule } from "./cost-rules";

/** An object in an argument, unless `@cost` says otherwise. */
const INPUT_OBJECT_WEIGHT = 1;

/** What the arguments of a field cost, whatever the field returns: each argument, and all that stands in its value. */
export function compileArgumentCosts(
  node: FieldNode,
  field: GraphQLField<unknown, unknown>,
  rule: FieldCostRule | undefined,
  rules: CostRules,
): CostFormula {
  return sumOf(
    (node.arguments ?? []).map(({ name, value }) => {
      const argument = field.args.find((candidate) => candidate.name === name.value);
      return argument === undefined
        ? 0
        : compileArgumentCost(argument, value, rule?.argumentWeights.get(name.value), rules);
    }),
  );
}

function compileArgumentCost(
  { type }: GraphQLArgument,
  value: ValueNode,
  weight: number | undefined,
  rules: CostRules,
): CostFormula {
  const namedType = getNamedType(type);
  if (isLeafType(namedType) && weight === undefined && !rules.typeWeights.has(namedType.name)) {
    return 0;
  }
  const measure = (variables: Variables) => measureInput(valueFromAST(value, type, variables), type, weight, rules);
  return hasVariable(value) ? measure : measure({});
}

/** @param weight replaces that of the type, for a list's items one by one */
function measureInput(value: unknown, type: GraphQLInputType, weight: number | undefined, rules: CostRules): number {
  if (value === undefined || value === null) {
    return 0;
  }
  const nullableType = getNullableType(type);
  if (isListType(nullableType)) {
    const items = Array.isArray(value) ? value : [value];
    return items.reduce<number>(
      (sum, item) => addSaturating(sum, measureInput(item, nullableType.ofType, weight, rules)),
      0,
    );
  }
  if (!isInputObjectType(nullableType)) {
    return addSaturating(0, weight ?? rules.typeWeights.get(getNamedType(type).name) ?? 0);
  }
  const fields = value as Readonly<Record<string, unknown>>;
  return Object.values(nullableType.getFields()).reduce(
    (sum, field) =>
      addSaturating(
        sum,
        measureInput(
          fields[field.name],
          field.type,
          rules.inputFieldWeights.get(`${nullableType.name}.${field.name}`),
          rules,
        ),
      ),
    addSaturating(0, weight ?? INPUT_OBJECT_WEIGHT),
  );
}

function hasVariable(value: ValueNode): boolean {
  let found = false;
  visit(value, {
    [Kind.VARIABLE]() {
      found = true;
    },
  });
  return found;
}
