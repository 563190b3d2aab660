import { type DocumentNode, type FieldDefinitionNode, Kind, visit } from "graphql";
import { parseFieldSet } from "../composition/field-set";
import { findDirectives, readStringArgument } from "../composition/supergraph-directives";

/** Names of the fields that some computed field requires with arguments: `@requires(fields: "price(currency: EUR)")`. */
export function findFieldsRequiredWithArguments(supergraph: DocumentNode): ReadonlySet<string> {
  const names = new Set<string>();
  for (const definition of supergraph.definitions) {
    if (definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION) {
      for (const field of definition.fields ?? []) {
        addRequired(field, names);
      }
    }
  }
  return names;
}

function addRequired(definition: FieldDefinitionNode, names: Set<string>): void {
  for (const use of findDirectives(definition, "join__field")) {
    const requires = readStringArgument(use, "requires");
    // Most of them have no arguments and need no parsing.
    const selection = requires?.includes("(") === true ? parseFieldSet(requires) : undefined;
    if (selection !== undefined) {
      visit(selection, {
        Field({ name, arguments: given }) {
          if ((given?.length ?? 0) > 0) {
            names.add(name.value);
          }
        },
      });
    }
  }
}
