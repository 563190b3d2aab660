import { type ConstDirectiveNode, Kind, print } from "graphql";
import { createSubgraphRule } from "../subgraph-rule";

/** GraphQL's own directives and their one argument, a string: `@deprecated(reason:)`, `@specifiedBy(url:)`. */
const ARGUMENTS: Readonly<Record<string, string>> = { deprecated: "reason", specifiedBy: "url" };

/** The directives of GraphQL itself stand once in one place, with an argument of its type (specification 3.13, 5.7.3, 5.6.1). */
export const checkStandardDirectives = createSubgraphRule((subgraph) =>
  [...subgraph.types.values()].flatMap((type) => {
    const values = type.declarations.flatMap((node) => ("values" in node ? (node.values ?? []) : []));
    const inputs = [...type.inputFields.values()];
    const places: { readonly coordinate: string; readonly directives?: readonly ConstDirectiveNode[] }[] = [
      ...type.declarations.map(({ directives }) => ({ coordinate: type.name, directives })),
      ...[...type.fields.values(), ...values, ...inputs].map(({ name, directives }) => ({
        coordinate: `${type.name}.${name.value}`,
        directives,
      })),
      ...[...type.fields.values()].flatMap((field) =>
        (field.arguments ?? []).map(({ name, directives }) => ({
          coordinate: `${type.name}.${field.name.value}(${name.value}:)`,
          directives,
        })),
      ),
    ];
    return places.flatMap(({ coordinate, directives }) =>
      findFaults(directives ?? []).map((fault) => ({
        code: "INVALID_GRAPHQL",
        message: `[${subgraph.name}] "${coordinate}": ${fault}.`,
      })),
    );
  }),
);

function findFaults(directives: readonly ConstDirectiveNode[]): string[] {
  return Object.entries(ARGUMENTS).flatMap(([name, argumentName]) => {
    const uses = directives.filter((directive) => directive.name.value === name);
    const wrong = uses
      .flatMap((use) => use.arguments ?? [])
      .filter((argument) => argument.name.value === argumentName && argument.value.kind !== Kind.STRING);
    return [
      ...(uses.length > 1 ? [`@${name} can stand once in one place`] : []),
      ...wrong.map(({ value }) => `${print(value)} is no text for @${name}(${argumentName}:)`),
    ];
  });
}
