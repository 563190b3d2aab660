import fc from "fast-check";
import { HttpRefusal } from "./http-refusal";
import { parseRequestJson } from "./request-json";

const DEPTH = 6;
/** Names and texts full of what a careless scanner trips over. */
const text = fc.oneof(
  fc.string(),
  fc.stringMatching(/^["\\{}[\]:, a]{0,8}$/),
  fc.constantFrom("query", "__proto_", "\u2028"),
);
/** Refused by itself. */
const key = text.filter((name) => name !== "__proto__");
const value = fc.letrec((tie) => ({
  any: fc.oneof({ maxDepth: 3 }, text, fc.integer(), fc.constant(null), fc.boolean(), tie("list"), tie("object")),
  list: fc.array(tie("any"), { maxLength: 4 }),
  object: fc.dictionary(key, tie("any"), { maxKeys: 4, noNullPrototype: true }),
})).object as fc.Arbitrary<Record<string, unknown>>;

function read(json: string, maxDepth = DEPTH): unknown {
  return parseRequestJson(Buffer.from(json), { maxJsonDepth: maxDepth, maxJsonValues: 1_000_000 });
}

describe("parseRequestJson()", () => {
  it("gives what JSON.parse gives for every object that names each key once", () => {
    fc.assert(
      fc.property(value, fc.constantFrom(undefined, 2, "\t"), (object, indent) => {
        const json = JSON.stringify(object, null, indent);
        expect(read(json, 100)).toEqual(JSON.parse(json));
      }),
    );
  });

  it("refuses every object that names one of its keys twice, wherever and however it is written", () => {
    const spelling = fc.constantFrom(
      (key: string) => JSON.stringify(key),
      (key: string) =>
        `"${[...Array(key.length).keys()].map((at) => `\\u${key.charCodeAt(at).toString(16).padStart(4, "0")}`).join("")}"`,
    );
    fc.assert(
      fc.property(value, key, spelling, fc.boolean(), (object, name, spell, isFirst) => {
        const members = Object.entries({ ...object, [name]: 1 }).map(
          ([other, inner]) => `${JSON.stringify(other)}:${JSON.stringify(inner)}`,
        );
        const again = `${spell(name)} : null`;
        const json = `{${(isFirst ? [again, ...members] : [...members, again]).join(" ,")}}`;
        expect(() => read(json, 100)).toThrow(HttpRefusal);
        expect(() => read(json, 100)).toThrow(/a key twice/);
      }),
    );
  });

  it("accepts nesting up to the bound and refuses one more, however large", () => {
    expect(read(`${"[".repeat(DEPTH)}${"]".repeat(DEPTH)}`)).toBeDefined();
    expect(() => read(`${"[".repeat(DEPTH + 1)}${"]".repeat(DEPTH + 1)}`)).toThrow(/inside one another/);
    expect(() => read(`${"[".repeat(100_000)}${"]".repeat(100_000)}`)).toThrow(/inside one another/);
  });

  it("accepts as many values as the bound and refuses one more", () => {
    const limits = { maxJsonDepth: DEPTH, maxJsonValues: 10 };
    const parse = (json: string) => parseRequestJson(Buffer.from(json), limits);
    expect(parse(`[${Array(9).fill(1)}]`)).toHaveLength(9);
    expect(() => parse(`[${Array(10).fill(1)}]`)).toThrow(/more than 10 values/);
    expect(parse('{"a": [[], {"b": null}, ""], "c": {"d": [true], "e": 1}}')).toBeDefined();
    expect(() => parse('{"a": [[], {"b": null}, "", 0], "c": {"d": [true], "e": 1}}')).toThrow(HttpRefusal);
  });

  it("counts values as a walk over all of them does", () => {
    const count = (node: unknown): number =>
      typeof node === "object" && node !== null
        ? Object.values(node).reduce((sum: number, inner) => sum + count(inner), 1)
        : 1;
    fc.assert(
      fc.property(value, (object) => {
        const json = Buffer.from(JSON.stringify(object));
        const total = count(JSON.parse(JSON.stringify(object)));
        expect(parseRequestJson(json, { maxJsonDepth: 100, maxJsonValues: total })).toBeDefined();
        expect(() => parseRequestJson(json, { maxJsonDepth: 100, maxJsonValues: total - 1 })).toThrow(/values/);
      }),
    );
  });

  it("reads a string of a megabyte without exhausting the stack", () => {
    const object = { query: `${'\\"'.repeat(250_000)}{[`, variables: "x".repeat(500_000) };
    expect(read(JSON.stringify(object))).toEqual(object);
  });
});
