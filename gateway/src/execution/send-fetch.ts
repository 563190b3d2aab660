import type { AskedSubgraph } from "../completeness";
import { type EntityGroup, type EntityQuestion, printEntityQuestion } from "../entity-question";
import type { SubgraphCall } from "../partitions/subgraph-caller";
import type { FetchOperation } from "./executable-plan";
import type { ExecutionContext } from "./execution-context";
import { printJson, printString } from "./json-text";
import { isJsonObject } from "./object-data";
import { MASKED_MESSAGE, readSubgraphErrors, type SubgraphError } from "./subgraph-errors";

/** What came back of one fetch. */
export interface FetchAnswer {
  /** Undefined when there was none: everything that was asked for is missing. */
  readonly data: Readonly<Record<string, unknown>> | undefined;
  readonly errors: readonly SubgraphError[];
  /** The subgraph and what came of asking it, or those that were asked on its behalf. */
  readonly asked: readonly AskedSubgraph[];
}

/**
 * For whoever needs the variables as values: a subgraph of the same process. One function for all calls (see
 * PrintedResponse).
 */
const PARSED_VARIABLES: PropertyDescriptor & ThisType<Required<SubgraphCall>> = {
  enumerable: true,
  get() {
    return JSON.parse(this.body).variables;
  },
};

/** @param groups the entities that are asked for; none for a fetch of the root type */
export function createCall(
  fetch: FetchOperation,
  groups: readonly EntityGroup[],
  context: Pick<ExecutionContext, "variables" | "authorizationClass" | "requestId" | "deadlineAtMs" | "signal">,
): SubgraphCall {
  const { authorizationClass, requestId, deadlineAtMs, signal } = context;
  const { subgraph, query, operationName, bodyHead, variableNames } = fetch;
  const otherVariables = printVariables(variableNames, context.variables).join(",");
  const entities: EntityQuestion | undefined = groups.length === 0 ? undefined : { bodyHead, otherVariables, groups };
  const body = entities === undefined ? `${bodyHead}{${otherVariables}}}` : printEntityQuestion(entities);
  const call = { subgraph, query, operationName, body, entities, authorizationClass, requestId, deadlineAtMs, signal };
  return Object.defineProperty(call, "variables", PARSED_VARIABLES) as SubgraphCall;
}

/**
 * Sends one fetch. Never throws: whatever happens is an error of the fields that were asked for.
 * @param groups the entities that are asked for; none for a fetch of the root type
 */
export async function sendFetch(
  fetch: FetchOperation,
  groups: readonly EntityGroup[],
  context: ExecutionContext,
): Promise<FetchAnswer> {
  const { requestId, log } = context;
  const { subgraph } = fetch;
  const reply = await context.callSubgraph(createCall(fetch, groups, context));
  switch (reply.kind) {
    case "unavailable":
      return {
        data: undefined,
        errors: [describeUnavailable(subgraph)],
        asked: [{ subgraph, outcome: reply.outcome }],
      };
    case "failed":
      return {
        data: undefined,
        errors: [{ code: "INTERNAL", message: MASKED_MESSAGE, path: undefined }],
        asked: [{ subgraph, outcome: "unreachable" }],
      };
    case "answered": {
      const { errors, masked } = readSubgraphErrors(reply.errors);
      if (masked.length > 0) {
        // What clients must not see, operators must: a subgraph that refuses our own fetch is a defect of one of the two.
        log.error({ requestId, subgraph, masked }, "a subgraph failed");
      }
      const data = isJsonObject(reply.data) ? reply.data : undefined;
      if (data !== undefined || errors.length > 0) {
        const outcome = data === undefined ? outcomeWithoutData(reply.data) : "answered";
        return { data, errors, asked: reply.asked ?? [{ subgraph, outcome }] };
      }
      log.warn({ requestId, subgraph }, "a subgraph answered neither data nor errors");
      return {
        data: undefined,
        errors: [describeUnavailable(subgraph)],
        asked: [{ subgraph, outcome: "invalid" }],
      };
    }
  }
}

/** Of an answer with errors and no object. Null is a non-null root field that failed; absent: nothing was executed (7.1). */
function outcomeWithoutData(data: unknown): AskedSubgraph["outcome"] {
  if (data === null) {
    return "answered";
  }
  return data === undefined ? "refused" : "invalid";
}

/** The catalogue's fact for this code is the member. Where a subgraph has no known owner, its name says what is missing. */
function describeUnavailable(subgraph: string): SubgraphError {
  return {
    code: "OWNER_UNAVAILABLE",
    message: `The subgraph ${subgraph} does not answer.`,
    details: { subgraph },
    path: undefined,
  };
}

function printVariables(names: readonly string[], variables: Readonly<Record<string, unknown>>): string[] {
  const printed: string[] = [];
  for (const name of names) {
    // A variable that the client did not send stays absent: null would mean something else.
    if (Object.hasOwn(variables, name) && variables[name] !== undefined) {
      printed.push(`${printString(name)}:${printJson(variables[name])}`);
    }
  }
  return printed;
}
