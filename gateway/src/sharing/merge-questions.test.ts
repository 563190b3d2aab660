import fc from "fast-check";
import type { EntityQuestion } from "../request/entity-question";
import { mergeQuestions, splitAnswer } from "./merge-questions";

const KEYS = ["_entities", "_e1"];

function question(...lists: readonly (readonly string[])[]): EntityQuestion {
  const groups = lists.map((representations, index) => {
    const responseKey = KEYS[index] ?? "";
    return { responseKey, variable: `r${responseKey}`, representations };
  });
  return { bodyHead: '{"query":"...","variables":', otherVariables: "", groups };
}

/** As a subgraph answers: some entities it does not know, some fail. */
function answer({ groups }: EntityQuestion) {
  const errors: object[] = [];
  const data = Object.fromEntries(
    groups.map(({ responseKey, representations }) => [
      responseKey,
      representations.map((text, index) => {
        if (text.startsWith('"bad')) {
          errors.push({ message: text, path: [responseKey, index, "name"] });
        }
        return text.startsWith('"gone') ? null : { text, group: responseKey };
      }),
    ]),
  );
  return { data, ...(errors.length > 0 && { errors }) };
}

const sorted = (errors: readonly unknown[] = []) => errors.map((error) => JSON.stringify(error)).toSorted();

describe("mergeQuestions()", () => {
  it("asks for what several ask for once", () => {
    const merged = mergeQuestions([question(['"a"', '"b"']), question(['"b"', '"c"'])]);
    expect(merged.question.groups.map(({ representations }) => representations)).toEqual([['"a"', '"b"', '"c"']]);
    expect(merged.places).toEqual([[[0, 1]], [[1, 2]]]);
  });
});

describe("splitAnswer()", () => {
  it("gives each question what it would have been answered alone", () => {
    const text = fc.tuple(fc.constantFrom("ok", "gone", "bad"), fc.nat(9)).map((parts) => `"${parts.join("")}"`);
    const list = fc.uniqueArray(text, { maxLength: 6 });
    fc.assert(
      fc.property(fc.array(fc.tuple(list, list), { minLength: 1, maxLength: 6 }), (lists) => {
        const questions = lists.map((groups) => question(...groups));
        const merged = mergeQuestions(questions);
        const answers = splitAnswer(answer(merged.question), merged);
        const alone = questions.map(answer);
        expect(answers?.map(({ data }) => data)).toEqual(alone.map(({ data }) => data));
        expect(answers?.map(({ errors }) => sorted(errors as unknown[]))).toEqual(
          alone.map(({ errors }) => sorted(errors)),
        );
        for (const { groups } of [merged.question]) {
          for (const { representations } of groups) {
            expect(new Set(representations).size).toBe(representations.length);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it("tells all of an error that names no entity", () => {
    const merged = mergeQuestions([question(['"a"']), question(['"b"'])]);
    const errors = [
      { message: "slow" },
      { message: "odd", path: ["_entities"] },
      { message: "far", path: ["_entities", 7] },
    ];
    const answers = splitAnswer({ ...answer(merged.question), errors }, merged);
    expect(answers?.map((each) => each.errors)).toEqual([errors, errors]);
  });

  it("tells nobody more errors than are read", () => {
    const merged = mergeQuestions([question(['"a"']), question(['"b"'])]);
    const errors = Array.from({ length: 5_000 }, () => ({ path: ["_entities", 1] }));
    const answers = splitAnswer({ ...answer(merged.question), errors }, merged);
    expect(answers?.map((each) => (each.errors as unknown[] | undefined)?.length)).toEqual([undefined, 100]);
  });

  it.each([
    ["no data", { errors: [{ message: "all of it failed" }] }],
    ["null", { data: null }],
    ["no list", { data: { _entities: { length: 2 } } }],
    ["an entity too few", { data: { _entities: [{}] } }],
    ["a list that it inherits", { data: Object.create({ _entities: [{}, {}] }) }],
  ])("cannot take %s apart", (_what, response) => {
    expect(splitAnswer(response, mergeQuestions([question(['"a"']), question(['"b"'])]))).toBeUndefined();
  });
});
