import { REQUIRED_WITH_ARGUMENTS } from "../planning/computed-fields";
import type { Supergraph } from "../planning/supergraph";
import type { ExecutableOperation } from "./executable-operation";
import type { ExecutionContext } from "./execution-context";
import type { FieldError } from "./field-error";
import { isObjectData, type ObjectData } from "./object-data";
import type { PathSegments } from "./response-path";
import type { ResponseFields, ResponseSelection } from "./response-shape";
import { typenameOf } from "./selection-reader";

/** A name that the planner gives to a field that it asks for twice, with different arguments. */
const PLANNER_KEY = /^_internal_qp_alias_\d+$/;

/** An object on the way to what failed. */
interface Step {
  readonly object: ObjectData;
  readonly path: PathSegments;
  /** The key that the way goes on by. */
  readonly key: string;
  /** What the client asked for of the object; undefined for one that it did not ask for. */
  readonly selection: ResponseSelection | undefined;
}

/**
 * A field that a subgraph computed from one that failed is a guess: the subgraph was told null. It is withheld, with the
 * error's code at its own place, also where the client did not ask for the field that failed.
 */
export function withholdComputed({ supergraph, shape }: ExecutableOperation, context: ExecutionContext): void {
  if (supergraph.computedFields.size === 0) {
    return;
  }
  const withheld = new Set<string>();
  const failures: { readonly path: PathSegments | undefined; readonly cause: FieldError }[] = context.errors
    .list()
    .map((cause) => ({ path: cause.path, cause }));
  // What is withheld is what others may be computed from: the list grows while it is read.
  for (const { path: failedPath, cause } of failures) {
    for (const step of listSteps(shape, context.data, failedPath ?? [])) {
      for (const key of findComputed(step, supergraph)) {
        const path = [...step.path, key];
        const id = JSON.stringify(path);
        if (!withheld.has(id)) {
          withheld.add(id);
          step.object[key] = null;
          const message = `A field that this one is computed from failed: ${cause.message}`;
          context.errors.addAll([{ ...cause, message, path }]);
          failures.push({ path, cause });
        }
      }
    }
  }
}

function listSteps(shape: ResponseSelection, data: ObjectData, path: PathSegments): Step[] {
  const steps: Step[] = [];
  let value: unknown = data;
  let selection: ResponseSelection | undefined = shape;
  path.forEach((key, index) => {
    if (typeof key === "number") {
      value = Array.isArray(value) ? value[key] : undefined;
    } else if (isObjectData(value)) {
      steps.push({ object: value, path: path.slice(0, index), key, selection });
      const type = selection?.typeOf(value);
      selection = type && selection?.fieldsOf(type).find(({ planKey }) => planKey === key)?.selection;
      value = value[key];
    }
  });
  return steps;
}

/** The keys of all fields of the object that are computed from the one that the way goes on by. */
function findComputed({ object, key, selection }: Step, { computedFields }: Supergraph): string[] {
  const typeName = typenameOf(object);
  const computed = typeName === undefined ? undefined : computedFields.get(typeName);
  if (computed === undefined) {
    return [];
  }
  const type = selection?.typeOf(object);
  const asked = type === undefined ? [] : (selection?.fieldsOf(type) ?? []);
  const names = computed.get(findRequiredName(object, key, asked) ?? key) ?? new Set();
  return [
    ...[...names].filter((name) => object[name] !== undefined && !asked.some(({ planKey }) => planKey === name)),
    ...asked.filter(({ nodes }) => nodes.some(({ name }) => names.has(name.value))).map(({ planKey }) => planKey),
  ];
}

/** What the field of a key is called as a required one; undefined where that is the key. */
function findRequiredName(object: ObjectData, key: string, asked: ResponseFields): string | undefined {
  if (PLANNER_KEY.test(key)) {
    return REQUIRED_WITH_ARGUMENTS;
  }
  const name = asked.find(({ planKey }) => planKey === key)?.nodes[0]?.name.value;
  // The client's own key of a field (its alias or arguments) stands for a required one only where nothing else does.
  const isFetchedApart =
    (name !== undefined && name in object) || Object.keys(object).some((own) => PLANNER_KEY.test(own));
  return isFetchedApart ? undefined : name;
}
