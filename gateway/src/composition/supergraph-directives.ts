import { type ConstDirectiveNode, Kind } from "graphql";

/** A string argument of a directive in a supergraph, or undefined when it is absent or of another kind. */
export function readStringArgument(directive: ConstDirectiveNode, name: string): string | undefined {
  const value = directive.arguments?.find((argument) => argument.name.value === name)?.value;
  return value?.kind === Kind.STRING || value?.kind === Kind.ENUM ? value.value : undefined;
}

/** A Boolean argument of a directive, or the default when it is not given. */
export function readBooleanArgument(directive: ConstDirectiveNode, name: string, defaultValue: boolean): boolean {
  const value = directive.arguments?.find((argument) => argument.name.value === name)?.value;
  return value?.kind === Kind.BOOLEAN ? value.value : defaultValue;
}

/** The uses of one directive on a node. */
export function findDirectives(
  node: { readonly directives?: readonly ConstDirectiveNode[] },
  name: string,
): readonly ConstDirectiveNode[] {
  return node.directives?.filter((directive) => directive.name.value === name) ?? [];
}
