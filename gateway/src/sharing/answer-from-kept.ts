import type { SubgraphRequest, SubgraphResponse, SubgraphTransport } from "../egress/subgraph-transport";
import { type EntityQuestion, printEntityQuestion } from "../request/entity-question";
import { changeRequest } from "./change-request";
import { kindOfQuestion, printEntityKey } from "./keep-answers";
import type { KeptAnswers } from "./kept-answers";
import { passOn } from "./pass-on";
import { printQuestion } from "./print-question";
import { readEntities } from "./read-entities";

/** What is kept of one group of entities. */
interface GroupAnswer {
  /** In the order of asking; undefined for what has to be asked for. */
  readonly texts: readonly (string | undefined)[];
  /** Where those that have to be asked for stand. */
  readonly missing: readonly number[];
}

/** Answers from what is kept, and asks the instance for the rest only. What was kept is no more trusted than when it came. */
export function answerFromKept(transport: SubgraphTransport, kept: KeptAnswers): SubgraphTransport {
  async function askForRest(
    request: SubgraphRequest,
    question: EntityQuestion,
    answers: readonly GroupAnswer[],
  ): Promise<SubgraphResponse> {
    const groups = question.groups.map((group, index) => ({
      ...group,
      representations: (answers[index]?.missing ?? []).map((place) => group.representations[place] ?? ""),
    }));
    const rest: EntityQuestion = { ...question, groups };
    if (groups.every(({ representations }) => representations.length === 0)) {
      return { data: putTogether(rest, answers, {}) };
    }
    const response = await transport.execute(
      changeRequest(request, { entities: rest, body: printEntityQuestion(rest) }),
    );
    const errors = relocateErrors(response.errors, rest, answers);
    // What is no answer to the rest is none to the whole.
    const data = putTogether(rest, answers, response.data) ?? response.data;
    return { ...response, data, ...(errors !== undefined && { errors }) };
  }

  return {
    ...passOn(transport),
    execute(request) {
      // An instance that never let anything be kept costs nothing.
      const question = kept.isEmpty ? undefined : kindOfQuestion(request);
      const kind = question === undefined ? undefined : kept.findKind(question);
      if (kind === undefined) {
        return transport.execute(request);
      }
      const { entities } = request;
      if (entities === undefined) {
        const text = kept.find(kind, printQuestion(request)?.text ?? "");
        return text === undefined ? transport.execute(request) : Promise.resolve({ data: JSON.parse(text) });
      }
      const answers = entities.groups.map(({ representations }, group): GroupAnswer => {
        const texts = representations.map((text) => kept.find(kind, printEntityKey(group, text)));
        return { texts, missing: [...texts.keys()].filter((place) => texts[place] === undefined) };
      });
      const isKnown = answers.some(({ texts, missing }) => missing.length < texts.length);
      return isKnown ? askForRest(request, entities, answers) : transport.execute(request);
    },
  };
}

/** Undefined when the data is no answer to the rest. */
function putTogether(
  { groups }: EntityQuestion,
  answers: readonly GroupAnswer[],
  data: unknown,
): Record<string, unknown> | undefined {
  const whole: Record<string, unknown> = {};
  for (const [index, group] of groups.entries()) {
    const { texts = [], missing = [] } = answers[index] ?? {};
    const asked = missing.length === 0 ? [] : readEntities(data, group);
    if (asked === undefined) {
      return undefined;
    }
    // One text for all: parsing each by itself costs more.
    const entities: unknown[] = JSON.parse(`[${texts.map((text) => text ?? "null").join(",")}]`);
    for (const [order, place] of missing.entries()) {
      entities[place] = asked[order];
    }
    whole[group.responseKey] = entities;
  }
  return whole;
}

/** Paths count what was asked for; the caller counts everything. */
function relocateErrors(
  errors: unknown,
  { groups }: EntityQuestion,
  answers: readonly GroupAnswer[],
): readonly unknown[] | undefined {
  if (!Array.isArray(errors)) {
    return undefined;
  }
  return errors.flatMap((error: unknown): unknown[] => {
    const path = typeof error === "object" && error !== null && "path" in error ? error.path : undefined;
    const steps: readonly unknown[] = Array.isArray(path) ? path : [];
    const group = groups.findIndex(({ responseKey }) => responseKey === steps[0]);
    if (group < 0 || typeof steps[1] !== "number") {
      return [error];
    }
    const place = answers[group]?.missing[steps[1]];
    // It names an entity that was not asked for.
    return place === undefined ? [] : [{ ...(error as object), path: [steps[0], place, ...steps.slice(2)] }];
  });
}
