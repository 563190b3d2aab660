import fc from "fast-check";
import { buildSchema, type OperationDefinitionNode, parse } from "graphql";
import { TypeConditions } from "../planning/type-conditions";
import { compileReader } from "./compile-reader";
import { createObjectData, isJsonObject } from "./object-data";
import { putFields, readRootText } from "./read-text";
import { rewriteReader } from "./rewrites";
import { readObject, type SelectionReader } from "./selection-reader";
import { TextSelection } from "./text-selection";

const schema = buildSchema(`
  enum Rank { HIGH LOW }
  scalar Anything
  interface Named { name: String! }
  union Found = Person | Place
  type Person implements Named { name: String! age: Int id: ID rank: Rank exact: Float friends: [Person!] open: Boolean }
  type Place implements Named { name: String! tags: [String!]! grid: [[Int]] anything: Anything person: Person }
  type Query { person: Person named: [Named] found: [[Found!]] constructor: Int rank: Rank! }
`);
const typeConditions = new TypeConditions(
  new Set(["Person", "Place", "Query"]),
  new Map([
    ["Named", new Set(["Person", "Place"])],
    ["Found", new Set(["Person", "Place"])],
  ]),
);

const OPERATION = `{
  _c_first: person { name ...P age friends { id exact open } }
  named { __typename name ... on Person { age open } ... on Place { anything tags person { ...P } } }
  found { __typename ... on Place { name } ... on Person { friends { id } rank } }
  constructor
  rank
}
fragment P on Person { id rank exact name }`;

function readerOf(query: string): SelectionReader {
  const document = parse(query);
  return compileReader(document, document.definitions[0] as OperationDefinitionNode, schema);
}

/** JSON texts of leaves: right ones, wrong ones, and what is no JSON at all. */
function leafText(spoil: number, ...right: fc.Arbitrary<string>[]): fc.Arbitrary<string> {
  const wrong = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.stringify(value)),
    fc.constantFrom("1.0", "1e5", "-0", "1.50", "1E-7", "-1.5e+300", "1e999", "12345678901234567890", "2147483648"),
    fc.constantFrom(
      "01",
      "+1",
      "NaN",
      "tru",
      "",
      "'a'",
      '"a',
      '"\n"',
      '"\\x"',
      '"\\u12"',
      "[1,]",
      "[[[1]]]",
      '{"a":1,}',
    ),
    fc.constantFrom(
      '"\\u0041\\/"',
      '"\\ud83d\\ude00"',
      '"\\ud800"',
      '"😀"',
      '"\u2028"',
      '["a",null,"\\n"]',
      '{"__proto__":1}',
    ),
  );
  return fc.oneof({ weight: 100 - spoil, arbitrary: fc.oneof(...right) }, { weight: spoil, arbitrary: wrong });
}

/** An object's text with its fields in this order; spoilt in so many cases in a hundred. */
function objectText(spoil: number, fields: Readonly<Record<string, fc.Arbitrary<string>>>): fc.Arbitrary<string> {
  const names = Object.keys(fields);
  const members = fc
    .tuple(...Object.values(fields))
    .map((texts) => texts.map((text, index) => `"${names[index]}":${text}`));
  const changed = fc.tuple(members, fc.nat(), fc.nat({ max: 5 })).map(([list, seed, kind]) => {
    const index = seed % (list.length + 1);
    const member = list[index % list.length] ?? "";
    switch (kind) {
      case 0:
        return list.filter((other) => other !== member);
      case 1:
        return list.toSpliced(index, 0, member.replace(/:.*/s, ":null"));
      case 2:
        return list.toSpliced(index, 0, '"__proto__":{"name":"x"}');
      case 3:
        return list.toReversed();
      case 4:
        return list.toSpliced(index, 0, '"toString":"x"');
      default:
        return list.map((text) => ` ${text}`);
    }
  });
  return fc
    .oneof({ weight: 100 - spoil, arbitrary: members }, { weight: spoil, arbitrary: changed })
    .map((list) => `{${list.join(",")}}`);
}

function listText(item: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 9, arbitrary: fc.array(item, { maxLength: 3 }).map((items) => `[${items.join(",")}]`) },
    fc.constant("null"),
  );
}

function arbitraryTexts(spoil: number) {
  const nothing = fc.constant("null");
  const text = leafText(
    spoil,
    fc.string().map((value) => JSON.stringify(value)),
    fc.string({ unit: "binary" }).map((value) => JSON.stringify(value)),
    nothing,
  );
  const int = leafText(spoil, fc.integer().map(String), nothing);
  const id = leafText(spoil, fc.integer().map(String), fc.constantFrom('"1"', '"u2"'));
  const float = leafText(
    spoil,
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => JSON.stringify(n)),
    int,
  );
  const flag = leafText(spoil, fc.constantFrom("true", "false", "null"));
  const rank = leafText(spoil, fc.constantFrom('"HIGH"', '"LOW"', "null"));
  const typeName = (name: string) => leafText(spoil, fc.constant(`"${name}"`));
  const anything = leafText(spoil, text, int, flag);
  const object = (fields: Readonly<Record<string, fc.Arbitrary<string>>>) =>
    fc.oneof({ weight: 9, arbitrary: objectText(spoil, fields) }, nothing);
  const fragment = { id, rank, exact: float };
  const first = object({
    name: text,
    ...fragment,
    age: int,
    friends: listText(object({ id, exact: float, open: flag })),
  });
  const place = { anything, tags: leafText(spoil, listText(text)), person: object({ ...fragment, name: text }) };
  const named = fc.oneof(
    object({ __typename: typeName("Person"), name: text, age: int, open: flag }),
    object({ __typename: typeName("Place"), name: text, ...place }),
  );
  const found = fc.oneof(
    object({ __typename: typeName("Place"), name: text }),
    object({ __typename: typeName("Person"), friends: listText(object({ id })), rank }),
  );
  const data = objectText(spoil, {
    _c_first: first,
    named: listText(named),
    found: listText(listText(found)),
    constructor: int,
    rank,
  });
  return { data, found };
}

/** Around the data, and sometimes a character too few or too many. */
function answerText(spoil: number, data: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const ends = fc.constantFrom("}", "}\n", "}", ',"extensions":{"a":[1]}}', ',"extensions":{}} ');
  const wrongEnds = fc.constantFrom(
    ',"errors":[]}',
    ',"data":{}}',
    "",
    "}}",
    "}x",
    ',"extensions":{}',
    ',"extensions":1,"data":1}',
  );
  const end = fc.oneof({ weight: 100 - spoil, arbitrary: ends }, { weight: spoil, arbitrary: wrongEnds });
  const whole = fc.tuple(data, end).map(([text, tail]) => `{"data":${text}${tail}`);
  const damaged = fc
    .tuple(whole, fc.nat(), fc.constantFrom("", "x", '"', ",", "{", "]", " ", "\\"))
    .map(([text, seed, character]) => {
      const at = seed % text.length;
      return text.slice(0, at) + character + text.slice(at + 1);
    });
  // As it comes out of a decoder: half an emoji becomes U+FFFD.
  return fc
    .oneof({ weight: 100 - spoil, arbitrary: whole }, { weight: spoil, arbitrary: damaged })
    .map((text) => Buffer.from(text).toString());
}

/** What the parser and readObject find, or undefined for what is no JSON. */
function parseAnything(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

describe("readRootText()", () => {
  const reader = readerOf(OPERATION);
  const selection = new TextSelection(reader);

  it.each([0, 2, 10, 50])("finds what the parser finds, or declines (%d %% spoilt)", (spoil) => {
    let taken = 0;
    fc.assert(
      fc.property(answerText(spoil, arbitraryTexts(spoil).data), (text) => {
        const read = readRootText(text, selection, createObjectData(), typeConditions);
        if (read === undefined) {
          expect(spoil).toBeGreaterThan(0);
          return;
        }
        taken += 1;
        const answer = parseAnything(text);
        const data = isJsonObject(answer) ? answer["data"] : undefined;
        expect(isJsonObject(answer) && "errors" in answer).toBe(false);
        const plain = createObjectData();
        readObject(reader, isJsonObject(data) ? data : {}, plain, typeConditions);
        const fast = createObjectData();
        putFields(read, fast, false);
        expect(fast).toStrictEqual(plain);
      }),
      { numRuns: 1_000 },
    );
    expect(taken).toBeGreaterThanOrEqual(spoil < 10 ? 100 : 0);
  });

  it("takes time that grows with the text only, however it is made up", () => {
    const bodies = [
      `{"data":{"_c_first":{"name":"${"\\n".repeat(2_000_000)}`,
      `{"data":{"_c_first":null,"named":[{"__typename":"Place","name":"a","anything":1,"tags":[${'"a",'.repeat(1_000_000)}`,
      `{"data":{"_c_first":null,"named":[],"found":${"[".repeat(1_000_000)}`,
      `{"data":{"_c_first":{"name":"a","id":${"1".repeat(4_000_000)}`,
    ];
    for (const body of bodies) {
      expect(readRootText(body, selection, createObjectData(), typeConditions)).toBeUndefined();
    }
  });

  it("makes no shape for a type that the schema does not have", () => {
    const text =
      '{"data":{"_c_first":null,"named":[{"__typename":"Evil","name":"a"}],"found":null,"constructor":1,"rank":"LOW"}}';
    expect(readRootText(text, selection, createObjectData(), typeConditions)).toBeUndefined();
    const known = text.replace('"Evil","name":"a"', '"Person","name":"a","age":1,"open":true');
    expect(readRootText(known, selection, createObjectData(), typeConditions)).toBeDefined();
  });

  it("leaves objects that call themselves otherwise than the data does to readObject", () => {
    const own = new TextSelection(readerOf("{ __typename rank }"));
    const target = Object.assign(createObjectData(), { __typename: "Other" });
    expect(readRootText('{"data":{"__typename":"Query","rank":null}}', own, target, typeConditions)).toBeUndefined();
    expect(
      readRootText('{"data":{"__typename":"Query","rank":null}}', own, createObjectData(), typeConditions),
    ).toBeDefined();
  });

  it("renames and sets what the plan rewrites", () => {
    const plain = readerOf("{ person { name age } rank }");
    const renamed = rewriteReader(plain, { path: [{ key: "person" }, { key: "name" }], renameTo: "n" });
    const rewritten = rewriteReader(renamed, { path: [{ key: "rank" }], setTo: "X" });
    const text = '{"data":{"person":{"name":"a","age":1},"rank":"LOW"}}';
    const read = readRootText(text, new TextSelection(rewritten), createObjectData(), typeConditions);
    const expected = createObjectData();
    readObject(rewritten, JSON.parse(text).data, expected, typeConditions);
    expect(read?.object).toStrictEqual(expected);
  });
});
