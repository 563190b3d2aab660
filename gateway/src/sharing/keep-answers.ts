import { isQuery } from "../egress/is-query";
import type { SubgraphRequest, SubgraphResponse, SubgraphTransport } from "../egress/subgraph-transport";
import type { KeptAnswers } from "./kept-answers";
import { passOn } from "./pass-on";
import { printQuestion } from "./print-question";
import { readEntities } from "./read-entities";

/**
 * What an answer may depend on besides what is asked for one by one: who asks, and for entities, which question with which of
 * the other variables. Undefined for what is not kept.
 */
export function kindOfQuestion({ query, entities, authorizationClass }: SubgraphRequest): string | undefined {
  if (authorizationClass === undefined || !isQuery(query)) {
    return undefined;
  }
  const who = `${authorizationClass.length} ${authorizationClass} `;
  // JSON without white space holds no line break, so the two parts cannot be taken for others.
  return entities === undefined ? `${who}root` : `${who}${entities.bodyHead}\n${entities.otherVariables}`;
}

/** As which question of its kind one entity is kept. */
export function printEntityKey(group: number, representation: string): string {
  return `${group} ${representation}`;
}

/**
 * Keeps what the instance lets be kept of its answers: a root fetch as a whole, entities one by one. Nothing of an answer
 * with errors, and no entity that the instance does not know: it may come into being.
 */
export function keepAnswers(transport: SubgraphTransport, kept: KeptAnswers): SubgraphTransport {
  return {
    ...passOn(transport),
    async execute(request) {
      const sinceMs = kept.options.clock();
      const response = await transport.execute(request);
      if (response.cacheHint !== undefined && !hasErrors(response)) {
        keep(kept, request, response, response.cacheHint.maxAgeMs, sinceMs);
      }
      return response;
    },
  };
}

function keep(
  kept: KeptAnswers,
  request: SubgraphRequest,
  response: SubgraphResponse,
  maxAgeMs: number,
  sinceMs: number,
): void {
  const data: unknown = response.text === undefined ? response.data : JSON.parse(response.text).data;
  const question = kindOfQuestion(request);
  const kind = question === undefined ? undefined : kept.openKind(question);
  if (kind === undefined || typeof data !== "object" || data === null) {
    return;
  }
  const { entities } = request;
  if (entities === undefined) {
    kept.keep(kind, printQuestion(request)?.text ?? "", JSON.stringify(data), maxAgeMs, sinceMs);
    return;
  }
  entities.groups.forEach((group, index) => {
    readEntities(data, group)?.forEach((entity, place) => {
      const representation = group.representations[place];
      if (typeof entity === "object" && entity !== null && representation !== undefined) {
        kept.keep(kind, printEntityKey(index, representation), JSON.stringify(entity), maxAgeMs, sinceMs);
      }
    });
  });
}

function hasErrors({ errors }: SubgraphResponse): boolean {
  return errors !== undefined && errors !== null && !(Array.isArray(errors) && errors.length === 0);
}
