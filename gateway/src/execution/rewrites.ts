import { invariant } from "@alliance-hub/shared/invariant";
import type { RewriteNode } from "../planning/plan-node";
import type { TypeConditions } from "../planning/type-conditions";
import { isJsonObject } from "./object-data";
import type { FieldReader, SelectionReader } from "./selection-reader";

/** A change that the plan makes to what is sent (representations) or read (answers): a key renamed or a value set. */
export interface Rewrite {
  /** Types narrow, keys descend; lists are walked through. The last step is the key that is renamed or set. */
  readonly path: readonly RewriteStep[];
  readonly renameTo?: string;
  readonly setTo?: string;
}

type RewriteStep = { readonly key: string } | { readonly types: readonly string[] };

export function compileRewrite(rewrite: RewriteNode): Rewrite {
  if ("KeyRenamer" in rewrite) {
    return { path: rewrite.KeyRenamer.path.map(compileStep), renameTo: rewrite.KeyRenamer.renameKeyTo };
  }
  const setter = "ValueSetter" in rewrite ? rewrite.ValueSetter : rewrite;
  return { path: setter.path.map(compileStep), setTo: setter.setValueTo };
}

type RewriteStepNode = { readonly Key: string } | { readonly TypenameEquals: readonly string[] };

function compileStep(segment: RewriteStepNode): RewriteStep {
  return "Key" in segment ? { key: segment.Key } : { types: segment.TypenameEquals };
}

/** Applies the plan's rewrites to a representation, in place. */
export function rewriteRepresentation(
  value: unknown,
  rewrite: Rewrite,
  typeConditions: TypeConditions,
  stepIndex = 0,
): void {
  const step = rewrite.path[stepIndex];
  if (Array.isArray(value)) {
    for (const item of value) {
      rewriteRepresentation(item, rewrite, typeConditions, stepIndex);
    }
    return;
  }
  if (step === undefined || !isJsonObject(value)) {
    return;
  }
  if ("types" in step) {
    const typeName = value["__typename"];
    if (typeof typeName !== "string" || step.types.some((type) => typeConditions.matches(typeName, type))) {
      rewriteRepresentation(value, rewrite, typeConditions, stepIndex + 1);
    }
    return;
  }
  if (stepIndex < rewrite.path.length - 1) {
    rewriteRepresentation(value[step.key], rewrite, typeConditions, stepIndex + 1);
  } else if (value[step.key] !== undefined) {
    if (rewrite.renameTo === undefined) {
      value[step.key] = rewrite.setTo;
    } else {
      value[rewrite.renameTo] = value[step.key];
      delete value[step.key];
    }
  }
}

/** Builds the plan's rewrites of an answer into its reader, so that reading costs nothing more. */
export function rewriteReader(reader: SelectionReader, rewrite: Rewrite): SelectionReader {
  return rewriteReaderFrom(reader, rewrite, 0);
}

function rewriteReaderFrom(reader: SelectionReader, rewrite: Rewrite, stepIndex: number): SelectionReader {
  const step = rewrite.path[stepIndex];
  invariant(step !== undefined, "a rewrite's path ends before its key");
  if ("types" in step) {
    return {
      // The planner's own aliases are unique in a fetch, so renaming them outside the fragment as well changes nothing else.
      ...rewriteReaderFrom(reader, rewrite, stepIndex + 1),
    };
  }
  const rewriteField = (field: FieldReader): FieldReader => {
    if (field.responseKey !== step.key) {
      return field;
    }
    if (stepIndex < rewrite.path.length - 1) {
      return { ...field, selection: field.selection && rewriteReaderFrom(field.selection, rewrite, stepIndex + 1) };
    }
    return rewrite.renameTo === undefined
      ? { ...field, constant: rewrite.setTo }
      : { ...field, planKey: rewrite.renameTo };
  };
  return {
    ...reader,
    fields: reader.fields.map(rewriteField),
    fragments: reader.fragments.map((fragment) => ({
      ...fragment,
      reader: rewriteReaderFrom(fragment.reader, rewrite, stepIndex),
    })),
  };
}
