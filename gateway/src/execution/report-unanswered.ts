import { isAsked } from "./asked-fields";
import type { ExecutableOperation } from "./executable-operation";
import type { ExecutionContext } from "./execution-context";
import type { FieldError } from "./field-error";
import { isObjectData, type ObjectData } from "./object-data";
import type { PathSegments } from "./response-path";
import type { ResponseField, ResponseSelection } from "./response-shape";

const NOT_ASKED =
  "The subgraphs that share this value know different types of it, so this field could not be asked for.";
const NOT_MERGED =
  "The subgraphs that share this value answered different ones, so this field belongs to none of them.";

/**
 * Reports fields that no subgraph said anything of, not even null, where that is no subgraph's word on a row: a value of a
 * type that the plan could not count on, and objects of root fields whose subgraphs do not agree on a list. Without an
 * error they would pass for null.
 */
export function reportUnanswered(
  { shape, supergraph }: ExecutableOperation,
  askedFields: ReadonlySet<string>,
  context: ExecutionContext,
): void {
  const { partialTypes, rootFields, entities } = supergraph.sharedFields;
  const errors: FieldError[] = [];
  const explained = new Set(context.errors.list().map(({ path }) => JSON.stringify(path)));

  function visitObject(selection: ResponseSelection, object: ObjectData, path: PathSegments, why: Why): void {
    const type = selection.typeOf(object);
    if (type === undefined) {
      return;
    }
    const isEntity = entities.has(type.name);
    const isPartial = why.partial?.has(type.name) === true;
    const isMerged = why.isSharedRoot && !isEntity;
    for (const field of selection.fieldsOf(type)) {
      if (field.kind !== "data") {
        continue;
      }
      const value = object[field.planKey];
      const fieldPath = [...path, field.planKey];
      if (value === undefined) {
        const isUnasked = isPartial && !isAsked(askedFields, type.name, field.planKey);
        if ((isUnasked || isMerged) && !isExplained(fieldPath)) {
          errors.push({ code: "NOT_AVAILABLE", message: isUnasked ? NOT_ASKED : NOT_MERGED, path: fieldPath });
        }
        continue;
      }
      visitValue(field, value, fieldPath, {
        partial: partialTypes.get(field.coordinate),
        isSharedRoot: rootFields.has(field.coordinate) || (why.isSharedRoot && !isEntity),
      });
    }
  }

  function visitValue(field: ResponseField, value: unknown, path: PathSegments, why: Why): void {
    if (Array.isArray(value)) {
      value.forEach((item, index) => void visitValue(field, item, [...path, index], why));
    } else if (field.selection !== undefined && isObjectData(value)) {
      visitObject(field.selection, value, path, why);
    }
  }

  /** By an error at the field, above it, or of the whole operation. */
  function isExplained(path: PathSegments): boolean {
    return (
      explained.has(JSON.stringify(undefined)) ||
      path.some((_, end) => explained.has(JSON.stringify(path.slice(0, end + 1))))
    );
  }

  visitObject(shape, context.data, [], { partial: undefined, isSharedRoot: false });
  context.errors.addAll(errors);
}

/** Why a field of an object may have been said nothing of. */
interface Why {
  readonly partial: ReadonlySet<string> | undefined;
  /** Whether the object belongs to a shared root field, with no entity on the way. */
  readonly isSharedRoot: boolean;
}
