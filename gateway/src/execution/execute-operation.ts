import { type DocumentNode, executeSync, type GraphQLSchema } from "graphql";
import type { Logger } from "pino";
import type { SubgraphCaller } from "../partitions/subgraph-caller";
import type { CompletenessEntry } from "../request/completeness";
import type { EndSignal } from "../request/end-signal";
import type { FormattedError } from "../request/graphql-request";
import { isAskedOfOtherType } from "./asked-of-other-type";
import { ResponseCompleter } from "./complete-response";
import { CompletenessTracker } from "./completeness-tracker";
import { ErrorSink } from "./error-sink";
import type { ExecutableOperation } from "./executable-operation";
import type { ExecutionContext } from "./execution-context";
import { FieldErrors } from "./field-errors";
import { locateInResponse } from "./locate-response";
import { createObjectData, isJsonObject } from "./object-data";
import { reportUnanswered } from "./report-unanswered";
import type { ResponseSelection } from "./response-shape";
import { runPlan } from "./run-plan";
import { withholdComputed } from "./withhold-computed";

/** What one request brings to an operation. */
export interface OperationRun {
  /** Coerced by the schema. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly callSubgraph: SubgraphCaller;
  /** See SubgraphRequest. */
  readonly authorizationClass?: string;
  readonly requestId: string;
  /** In milliseconds since 1970. */
  readonly deadlineAtMs: number;
  readonly signal: EndSignal;
  readonly log: Logger;
}

/** An answer in which all is well, as JSON text. */
export interface PrintedResult {
  readonly dataText: string;
  readonly errors: undefined;
  readonly completeness: readonly CompletenessEntry[] | undefined;
}

export interface OperationResult {
  readonly dataText?: undefined;
  readonly data: Readonly<Record<string, unknown>> | null;
  /** Undefined when there is none. */
  readonly errors: readonly FormattedError[] | undefined;
  /** Undefined when every subgraph that was asked answered. */
  readonly completeness: readonly CompletenessEntry[] | undefined;
}

/** Runs the plan, then writes the response that the client asked for. */
export async function executeOperation(
  executable: ExecutableOperation,
  run: OperationRun,
): Promise<OperationResult | PrintedResult> {
  const { supergraph, planned, shape } = executable;
  const context: ExecutionContext = {
    ...run,
    data: createObjectData(),
    errors: new FieldErrors(),
    completeness: new CompletenessTracker(),
    typeConditions: supergraph.typeConditions,
  };
  if (executable.plan !== undefined) {
    await runPlan(executable.plan, context);
  }
  if (executable.askedFields !== undefined) {
    reportUnanswered(executable, executable.askedFields, context);
  }
  const dataText = context.errors.isEmpty ? executable.printResponse?.(context.data) : undefined;
  if (dataText !== undefined) {
    return { dataText, errors: undefined, completeness: context.completeness.list(shape) };
  }
  withholdComputed(executable, context);
  const errors = locateErrors(context, shape);
  const introspection =
    planned.introspectionDocument === undefined
      ? {}
      : introspect(planned.introspectionDocument, supergraph.publicSchema, run.variables);
  const data = new ResponseCompleter(errors, introspection).completeRoot(shape, context.data);
  errors.settle(data);
  return { data, errors: errors.list(), completeness: context.completeness.list(shape) };
}

function locateErrors({ errors: fieldErrors, data }: ExecutionContext, shape: ResponseSelection): ErrorSink {
  const errors = new ErrorSink(fieldErrors.isCut);
  for (const { path, ...error } of fieldErrors.list()) {
    if (path === undefined) {
      errors.add(error, undefined);
      continue;
    }
    if (isAskedOfOtherType(shape, path, data)) {
      continue;
    }
    const { isExact, ...location } = locateInResponse(shape, path);
    if (isExact) {
      errors.add(error, location);
    } else {
      errors.addUncertain(error, location);
    }
  }
  return errors;
}

function introspect(
  document: DocumentNode,
  schema: GraphQLSchema,
  variables: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const { data } = executeSync({ schema, document, variableValues: { ...variables } });
  return isJsonObject(data) ? data : {};
}
