import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  parse,
  print,
  visit,
} from "graphql";
import { namedTypeOf } from "../composition/field-set";
import { findDirectives, readStringArgument } from "../composition/supergraph-directives";

/**
 * The supergraph for the planner, without the `@provides` that it would mix up: where one subgraph provides some fields of a
 * type on one path and others on another, the planner takes all of them for provided on either, asks the subgraph, and the answer
 * is null without an error. Without them it asks the fields' owner: one fetch more, and the right value.
 */
export function dropMixedProvides(supergraphSdl: string): string {
  if (!supergraphSdl.includes("provides:")) {
    return supergraphSdl;
  }
  const supergraph = parse(supergraphSdl, { noLocation: true });
  const mixed = findMixedProvides(supergraph);
  if (mixed.size === 0) {
    return supergraphSdl;
  }
  return print(
    visit(supergraph, {
      FieldDefinition(field) {
        const directives = field.directives?.map((directive) =>
          isMixed(directive, field, mixed) ? withoutProvides(directive) : directive,
        );
        return { ...field, directives };
      },
    }),
  );
}

/** Subgraph and type, of the types of which a subgraph provides different fields in different places. */
function findMixedProvides(supergraph: DocumentNode): ReadonlySet<string> {
  const provided = new Map<string, string>();
  const mixed = new Set<string>();
  for (const definition of supergraph.definitions) {
    const fields =
      definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION
        ? (definition.fields ?? [])
        : [];
    for (const field of fields) {
      for (const directive of findDirectives(field, "join__field")) {
        const fieldSet = readStringArgument(directive, "provides");
        const place = placeOf(directive, field);
        if (fieldSet !== undefined && (provided.get(place) ?? fieldSet) !== fieldSet) {
          mixed.add(place);
        }
        if (fieldSet !== undefined) {
          provided.set(place, fieldSet);
        }
      }
    }
  }
  return mixed;
}

function isMixed(directive: ConstDirectiveNode, field: FieldDefinitionNode, mixed: ReadonlySet<string>): boolean {
  return directive.name.value === "join__field" && mixed.has(placeOf(directive, field));
}

function placeOf(directive: ConstDirectiveNode, field: FieldDefinitionNode): string {
  return `${readStringArgument(directive, "graph") ?? ""} ${namedTypeOf(field.type)}`;
}

function withoutProvides(directive: ConstDirectiveNode): ConstDirectiveNode {
  return { ...directive, arguments: directive.arguments?.filter(({ name }) => name.value !== "provides") };
}
