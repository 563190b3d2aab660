import { type DocumentNode, Kind } from "graphql";
import { RequestRefused } from "./request-refused";

/**
 * What `@skip` and `@include` leave of a subscription's root must be one field (GraphQL specification 5.2.4.1); validation
 * looks at it without variables.
 * @param planDocument fragments on the root type are written out
 * @throws RequestRefused
 */
export function checkSingleRootField(planDocument: DocumentNode | undefined): void {
  const responseKeys = new Set<string>();
  for (const definition of planDocument?.definitions ?? []) {
    if (definition.kind === Kind.OPERATION_DEFINITION) {
      for (const selection of definition.selectionSet.selections) {
        if (selection.kind === Kind.FIELD) {
          responseKeys.add(selection.alias?.value ?? selection.name.value);
        }
      }
    }
  }
  if (responseKeys.size !== 1) {
    throw RequestRefused.because("BAD_USER_INPUT", "A subscription must select one top level field.");
  }
}
