import { type FieldNode, type GraphQLSchema, isInterfaceType, isObjectType } from "graphql";
import { findFreePrefix } from "./find-free-prefix";

/**
 * Names of fields between planner and subgraphs, in place of the client's response keys.
 *
 * A client may call anything anything: `{ id: name }`, `{ __typename: name }`, `{ __proto__: id }`. Keys and required
 * fields of entities are fetched beside the client's fields under their own names, so such an alias would put a name
 * where the next subgraph expects the id, and an argument would change what a computed field is computed from. Therefore
 * a field with an alias or arguments goes by a name that is no field's name, and `__typename` is never renamed. So does a
 * field that a computed one requires with arguments: the planner would rename its own selection to keep the two apart, and then
 * look for the new name in places where it did not rename it.
 */
export class PlanKeys {
  readonly #prefix: string;

  /** @param requiredWithArguments names of fields */
  constructor(
    schema: GraphQLSchema,
    readonly requiredWithArguments: ReadonlySet<string> = new Set(),
  ) {
    this.#prefix = findFreePrefix("_c_", listFieldNames(schema));
  }

  keyOf(field: FieldNode): string {
    const fieldName = field.name.value;
    if (fieldName === "__typename") {
      return fieldName;
    }
    const responseKey = field.alias?.value ?? fieldName;
    return responseKey === fieldName &&
      (field.arguments?.length ?? 0) === 0 &&
      !this.requiredWithArguments.has(fieldName)
      ? fieldName
      : `${this.#prefix}${responseKey}`;
  }
}

function listFieldNames(schema: GraphQLSchema): string[] {
  return Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) || isInterfaceType(type))
    .flatMap((type) => Object.keys(type.getFields()));
}
