import { HubError } from "@alliance-hub/shared/hub-error";
import {
  coerceInputValue,
  type GraphQLError,
  type GraphQLInputType,
  type GraphQLSchema,
  isInputType,
  isNonNullType,
  typeFromAST,
  type VariableDefinitionNode,
  valueFromAST,
} from "graphql";
import { RequestRefused } from "./request-refused";

/** Errors of one request's variables that are told. */
const MAX_VARIABLE_ERRORS = 10;

/**
 * Coerces variables by the public schema (GraphQL specification 6.1.2). A variable that is neither given nor has a
 * default stays absent. Custom scalars pass as they are: only the subgraphs know what is valid.
 * @throws RequestRefused BAD_USER_INPUT naming the fields; the values, which may be personal, are not repeated
 */
export function coerceVariables(
  schema: GraphQLSchema,
  definitions: readonly VariableDefinitionNode[],
  input: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const variables: Record<string, unknown> = Object.create(null);
  const errors: GraphQLError[] = [];
  const refuse = (path: string, problem: string) => {
    if (errors.length < MAX_VARIABLE_ERRORS) {
      errors.push(new HubError("BAD_USER_INPUT", `Variable $${path}: ${problem}`, { fields: [path] }));
    }
  };
  for (const definition of definitions) {
    const name = definition.variable.name.value;
    const type = typeFromAST(schema, definition.type) as GraphQLInputType | undefined;
    if (!isInputType(type)) {
      continue;
    }
    if (!Object.hasOwn(input, name)) {
      if (definition.defaultValue !== undefined) {
        variables[name] = valueFromAST(definition.defaultValue, type);
      } else if (isNonNullType(type)) {
        refuse(name, `a value of type ${type} is required.`);
      }
      continue;
    }
    const value = input[name];
    if (value === null && isNonNullType(type)) {
      refuse(name, `must not be null; its type is ${type}.`);
      continue;
    }
    variables[name] = coerceInputValue(value, type, (path, _value, error) => {
      refuse([name, ...path].join("."), withoutValue(error.message));
    });
  }
  if (errors.length > 0) {
    throw new RequestRefused(errors);
  }
  return variables;
}

/** graphql-js repeats the value: `Int cannot represent non-integer value: "secret"`, `Value "secret" does not exist in "Color" enum.` */
function withoutValue(message: string): string {
  const scalar = /^[A-Za-z0-9_]+ cannot represent [a-z0-9 -]+(?=: )/.exec(message)?.[0];
  if (scalar !== undefined) {
    return `${scalar}.`;
  }
  const enumName = /does not exist in "([A-Za-z0-9_]+)" enum/.exec(message)?.[1];
  if (enumName !== undefined) {
    return `is not a value of the enum ${enumName}.`;
  }
  const isKnown = /^(Expected |Field "|Exactly one key)/.test(message);
  const [sentence = message] = message.split(" Did you mean");
  return isKnown ? sentence : "the value is not valid.";
}
