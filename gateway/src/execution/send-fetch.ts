import type { SubgraphCall } from "../partitions/subgraph-caller";
import type { AskedSubgraph } from "../request/completeness";
import { type EntityGroup, type EntityQuestion, printEntityQuestion } from "../request/entity-question";
import type { FetchOperation } from "./executable-plan";
import type { ExecutionContext } from "./execution-context";
import { printJson, printString } from "./json-text";
import { isJsonObject } from "./object-data";
import { MASKED_MESSAGE, readSubgraphErrors, type SubgraphError } from "./subgraph-errors";

/** What came back of one fetch. */
export interface FetchAnswer<T> {
  /** What the fetch's own reader made of the answer's text. Then `data` is undefined, and there are no errors. */
  readonly read: T | undefined;
  /** Of an answer that was read; valid JSON. */
  readonly text: string | undefined;
  /** Undefined when there was none: everything that was asked for is missing. */
  readonly data: Readonly<Record<string, unknown>> | undefined;
  readonly errors: readonly SubgraphError[];
  /** The subgraph and what came of asking it, or those that were asked on its behalf. */
  readonly asked: readonly AskedSubgraph[];
}

const NOTHING_READ = { read: undefined, text: undefined } as const;

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
  readText?: SubgraphCall["readText"],
): SubgraphCall {
  const { authorizationClass, requestId, deadlineAtMs, signal } = context;
  const { subgraph, query, operationName, bodyHead, variableNames } = fetch;
  const otherVariables = printVariables(variableNames, context.variables).join(",");
  const entities: EntityQuestion | undefined = groups.length === 0 ? undefined : { bodyHead, otherVariables, groups };
  const body = entities === undefined ? `${bodyHead}{${otherVariables}}}` : printEntityQuestion(entities);
  const call = {
    subgraph,
    query,
    operationName,
    body,
    entities,
    authorizationClass,
    readText,
    requestId,
    deadlineAtMs,
    signal,
  };
  return Object.defineProperty(call, "variables", PARSED_VARIABLES) as SubgraphCall;
}

/**
 * Sends one fetch. Never throws: whatever happens is an error of the fields that were asked for.
 *
 * What is read of an answer's text stays here, and never is part of a reply: replies may be shared by several requests, and
 * each of them fills up its own objects.
 * @param groups the entities that are asked for; none for a fetch of the root type
 */
export async function sendFetch<T>(
  fetch: FetchOperation,
  groups: readonly EntityGroup[],
  context: ExecutionContext,
  readText: (text: string) => T | undefined,
): Promise<FetchAnswer<T>> {
  const { requestId, log } = context;
  const { subgraph } = fetch;
  let lastRead: { readonly text: string; readonly read: T } | undefined;
  const call = createCall(fetch, groups, context, (text) => {
    const read = readText(text);
    lastRead = read === undefined ? undefined : { text, read };
    return read !== undefined;
  });
  const reply = await context.callSubgraph(call);
  switch (reply.kind) {
    case "unavailable":
      return {
        ...NOTHING_READ,
        data: undefined,
        errors: [describeUnavailable(subgraph)],
        asked: [{ subgraph, outcome: reply.outcome }],
      };
    case "failed":
      return {
        ...NOTHING_READ,
        data: undefined,
        errors: [{ code: "INTERNAL", message: MASKED_MESSAGE, path: undefined }],
        asked: [{ subgraph, outcome: "unreachable" }],
      };
    case "answered": {
      const { text } = reply;
      if (text !== undefined) {
        const read = lastRead?.text === text ? lastRead.read : readText(text);
        const asked = reply.asked ?? [{ subgraph, outcome: "answered" as const }];
        return { read, text, data: read === undefined ? parseData(text) : undefined, errors: [], asked };
      }
      const { errors, masked } = readSubgraphErrors(reply.errors);
      if (masked.length > 0) {
        // What clients must not see, operators must: a subgraph that refuses our own fetch is a defect of one of the two.
        log.error({ requestId, subgraph, masked }, "a subgraph failed");
      }
      const data = isJsonObject(reply.data) ? reply.data : undefined;
      if (data !== undefined || errors.length > 0) {
        const outcome = data === undefined ? outcomeWithoutData(reply.data) : "answered";
        return { ...NOTHING_READ, data, errors, asked: reply.asked ?? [{ subgraph, outcome }] };
      }
      log.warn({ requestId, subgraph }, "a subgraph answered neither data nor errors");
      return {
        ...NOTHING_READ,
        data: undefined,
        errors: [describeUnavailable(subgraph)],
        asked: [{ subgraph, outcome: "invalid" }],
      };
    }
  }
}

/** The data of an answer that was read as text; the parser finds in it what the reader found. */
export function parseData(text: string): Readonly<Record<string, unknown>> | undefined {
  const { data } = JSON.parse(text);
  return isJsonObject(data) ? data : undefined;
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
