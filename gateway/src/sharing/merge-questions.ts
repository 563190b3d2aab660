import { invariant } from "@alliance-hub/shared/invariant";
import type { SubgraphResponse } from "../egress/subgraph-transport";
import type { EntityGroup, EntityQuestion } from "../request/entity-question";
import { readEntities } from "./read-entities";

/** Several questions as one. */
export interface MergedQuestion {
  readonly question: EntityQuestion;
  /** For each question, for each of its groups: where each of its representations stands among all. */
  readonly places: readonly (readonly (readonly number[])[])[];
}

/** Errors that one asker is told; no more of an answer are ever read. */
const MAX_ERRORS = 100;

/** Puts together questions that differ in their representations only; what several ask for is asked once. */
export function mergeQuestions(questions: readonly EntityQuestion[]): MergedQuestion {
  const [first] = questions;
  invariant(first !== undefined, "there is something to merge");
  const known = first.groups.map(() => new Map<string, number>());
  const places = questions.map(({ groups }) =>
    groups.map(({ representations }, group) => {
      const places = known[group] ?? new Map<string, number>();
      return representations.map((representation) => {
        const place = places.get(representation) ?? places.size;
        places.set(representation, place);
        return place;
      });
    }),
  );
  const groups = first.groups.map((group, index) => ({ ...group, representations: [...(known[index]?.keys() ?? [])] }));
  return { question: { ...first, groups }, places };
}

/**
 * Hands an answer back: to each question what it would have been answered alone. An error goes to those whose entity it
 * names, and to all when it names none.
 * @returns undefined for an answer of which nobody can say what belongs to whom
 */
export function splitAnswer(
  { data, errors }: SubgraphResponse,
  { question: { groups }, places }: MergedQuestion,
): readonly SubgraphResponse[] | undefined {
  const lists = groups.map((group) => readEntities(data, group));
  if (!lists.every((list) => list !== undefined)) {
    return undefined;
  }
  const told = splitErrors(errors, groups, places);
  return places.map((own, asker) => {
    const answered = groups.map(({ responseKey }, group) => [
      responseKey,
      (own[group] ?? []).map((place) => lists[group]?.[place]),
    ]);
    const ownErrors = told[asker] ?? [];
    return { data: Object.fromEntries(answered), ...(ownErrors.length > 0 && { errors: ownErrors }) };
  });
}

function splitErrors(
  errors: unknown,
  groups: readonly EntityGroup[],
  places: MergedQuestion["places"],
): readonly (readonly unknown[])[] {
  const told: unknown[][] = places.map(() => []);
  if (!Array.isArray(errors) || errors.length === 0) {
    return told;
  }
  const owners = groups.map((_group, group) => findOwners(places.map((own) => own[group] ?? [])));
  const tell = (asker: number, error: unknown) => {
    const own = told[asker];
    if (own !== undefined && own.length < MAX_ERRORS) {
      own.push(error);
    }
  };
  for (const error of errors) {
    const path = readPath(error);
    const group = groups.findIndex(({ responseKey }) => responseKey === path[0]);
    const named = typeof path[1] === "number" ? owners[group]?.get(path[1]) : undefined;
    if (named === undefined) {
      told.forEach((_own, asker) => {
        tell(asker, error);
      });
    } else {
      for (const { asker, index } of named) {
        tell(asker, { ...error, path: [path[0], index, ...path.slice(2)] });
      }
    }
  }
  return told;
}

/** Place among all -> who asked for it, and as which of his own. */
function findOwners(places: readonly (readonly number[])[]): Map<number, { asker: number; index: number }[]> {
  const owners = new Map<number, { asker: number; index: number }[]>();
  places.forEach((own, asker) => {
    own.forEach((place, index) => {
      const owner = { asker, index };
      const known = owners.get(place);
      known === undefined ? owners.set(place, [owner]) : known.push(owner);
    });
  });
  return owners;
}

function readPath(error: unknown): readonly unknown[] {
  const path = typeof error === "object" && error !== null && "path" in error ? error.path : undefined;
  return Array.isArray(path) ? path : [];
}
