import { Kind, type SelectionNode } from "graphql";

/** Values of the variables that `@skip` and `@include` use: they decide what is fetched and what is in the response. */
export type Conditions = Readonly<Record<string, boolean>>;

export function readConditions(names: readonly string[], variables: Readonly<Record<string, unknown>>): Conditions {
  const conditions: Record<string, boolean> = Object.create(null);
  for (const name of names) {
    conditions[name] = variables[name] === true;
  }
  return conditions;
}

/** The same text for the same values, in the order of the names. */
export function printConditions(conditions: Conditions): string {
  return Object.values(conditions)
    .map((value) => (value ? "1" : "0"))
    .join("");
}

/** GraphQL specification 3.13.1 and 3.13.2. */
export function isIncluded(selection: SelectionNode, conditions: Conditions): boolean {
  return (selection.directives ?? []).every((directive) => {
    const name = directive.name.value;
    if (name !== "skip" && name !== "include") {
      return true;
    }
    const value = directive.arguments?.find((argument) => argument.name.value === "if")?.value;
    const condition =
      value?.kind === Kind.VARIABLE
        ? conditions[value.name.value] === true
        : value?.kind === Kind.BOOLEAN && value.value;
    return condition === (name === "include");
  });
}
