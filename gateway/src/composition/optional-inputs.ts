import {
  type ASTNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  visit,
} from "graphql";
import { remember } from "./remember";
import type { SubgraphSchema } from "./subgraph-schema";

/** An argument, or a field of an input type, that may be left out because it has a default although its type is non-null. */
interface OptionalInput {
  readonly coordinate: string;
  /** Whether another subgraph that defines the field, or the input type, lacks it. */
  readonly isLackedBy: (other: SubgraphSchema) => boolean;
}

/**
 * What a subgraph needs and has a default for is not required of clients (GraphQL specification 3.6.1): where another
 * subgraph lacks it, it is left out of the graph like any optional one. The composition library looks at the type alone, so
 * there it gets a nullable one.
 * @returns rewrites a subgraph's document; the same one where there is nothing of the kind
 */
export function createInputLoosener(subgraphs: readonly SubgraphSchema[]): (document: DocumentNode) => DocumentNode {
  const lacked = new Set(
    subgraphs
      .flatMap(findOptionalInputs)
      .filter(({ isLackedBy }) => subgraphs.some(isLackedBy))
      .map(({ coordinate }) => coordinate),
  );
  return (document) => (lacked.size === 0 ? document : loosen(document, lacked));
}

const findOptionalInputs = remember((subgraph: SubgraphSchema): readonly OptionalInput[] =>
  [...subgraph.types.values()].flatMap(({ name, fields, inputFields }): OptionalInput[] => [
    ...[...inputFields.values()].filter(isRequiredWithDefault).map((field) => ({
      coordinate: `${name}.${field.name.value}`,
      isLackedBy(other: SubgraphSchema) {
        const type = other.types.get(name);
        return type?.kind === "input" && !type.inputFields.has(field.name.value);
      },
    })),
    ...[...fields.values()].flatMap((field) =>
      (field.arguments ?? []).filter(isRequiredWithDefault).map((argument) => ({
        coordinate: `${name}.${field.name.value}.${argument.name.value}`,
        isLackedBy(other: SubgraphSchema) {
          const same = other.types.get(name)?.fields.get(field.name.value);
          // An external field says nothing of its own: it has all arguments of the one that it means.
          return same !== undefined && !other.has(same, "external") && !hasArgument(same, argument.name.value);
        },
      })),
    ),
  ]),
);

function isRequiredWithDefault({ type, defaultValue }: InputValueDefinitionNode): boolean {
  return type.kind === Kind.NON_NULL_TYPE && defaultValue !== undefined;
}

function hasArgument(field: FieldDefinitionNode, name: string): boolean {
  return field.arguments?.some((argument) => argument.name.value === name) === true;
}

function loosen(document: DocumentNode, lacked: ReadonlySet<string>): DocumentNode {
  return visit(document, {
    InputValueDefinition: {
      enter(node, _key, _parent, _path, ancestors) {
        const owners = ancestors.flatMap((owner) => ("kind" in owner ? readName(owner) : []));
        return isRequiredWithDefault(node) && lacked.has([...owners, node.name.value].join("."))
          ? { ...node, type: node.type.kind === Kind.NON_NULL_TYPE ? node.type.type : node.type }
          : undefined;
      },
    },
  });
}

/** Of the type and the field in which something stands; the arguments of a directive are not meant. */
function readName(node: ASTNode): string[] {
  return "name" in node && node.name !== undefined
    ? [node.kind === Kind.DIRECTIVE_DEFINITION ? `@${node.name.value}` : node.name.value]
    : [];
}
