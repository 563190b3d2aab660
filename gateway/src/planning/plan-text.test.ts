import { createFederation } from "@alliance-hub/tests/kit/federation";
import fc from "fast-check";
import { parse } from "graphql";
import { printPlanText } from "./plan-text";
import { RequestRefused } from "./request-refused";

const echo = createFederation({
  a: {
    typeDefs:
      "scalar Any type Query { say(text: String, any: Any, number: Float): String deep: Deep } type Deep { a: Int deep: Deep }",
    resolvers: {
      Query: {
        say: (_root: unknown, { text, any, number }: Record<string, unknown>) => text ?? JSON.stringify(any ?? number),
        deep: () => ({ a: 1 }),
      },
    },
  },
  b: { typeDefs: "type Query { other: Int }" },
});

const say = async (argument: string) => (await echo.execute(`{ say(${argument}) }`)).data?.["say"];

describe("printPlanText()", () => {
  it("brings every text to the subgraph as it is written", async () => {
    const odd = fc.constantFrom(
      "\b",
      "\\",
      "\\b",
      '"',
      '"""',
      "\u0000",
      "\u001f",
      "\n",
      "\r\n",
      "\t",
      " ",
      "{",
      "#",
      "中",
      "😀",
    );
    await fc.assert(
      fc.asyncProperty(fc.array(odd, { maxLength: 6 }), async (parts) => {
        const text = parts.join("");
        expect(await say(`text: ${JSON.stringify(text)}`)).toBe(text);
      }),
      { numRuns: 100 },
    );
    expect(await say('text: """\n  C:\\b\n    "x" \\""" \n  """')).toBe('C:\\b\n  "x" """ ');
  });

  it.each([
    ["number: 9007199254740993", "9007199254740992"],
    ["number: -1.5e3", "-1500"],
    ["any: [9223372036854775807, -0.25, NAME]", '[9223372036854776000,-0.25,"NAME"]'],
  ])("brings the number in %s", async (argument, expected) => {
    expect(await say(argument)).toBe(expected);
  });

  it.each(["number: 9223372036854775808", "any: {a: [-9223372036854775809]}", "number: 1e400", "any: -1e400"])(
    "refuses the number in %s, which would arrive as another",
    async (argument) => {
      expect(await echo.execute(`{ say(${argument}) }`)).toMatchObject({
        kind: "request-error",
        errors: [{ extensions: { code: "BAD_USER_INPUT" } }],
      });
    },
  );

  it("refuses a number in a variable's default", () => {
    expect(() => printPlanText(parse("query ($a: Float = 1e999) { say(number: $a) }"))).toThrow(RequestRefused);
  });

  const nest = (open: string, inner: string, close: string, count: number) =>
    `${open.repeat(count)}${inner}${close.repeat(count)}`;

  it.each([
    ["inline fragments", (levels: number) => `{ deep ${nest("{ ... on Deep", " { a } ", "}", levels - 2)} }`],
    ["lists", (levels: number) => `{ say(any: ${nest("[", "1", "]", levels - 2)}) }`],
    ["objects", (levels: number) => `{ say(any: ${nest("{a: ", "1", "}", levels - 2)}) }`],
    ["lists in a default", (levels: number) => `query ($a: Any = ${nest("[", "", "]", levels - 1)}) { say(any: $a) }`],
    ["fragments on the root type", (levels: number) => nest("{ ... on Query ", "{ deep { a } }", "}", levels - 2)],
  ])("lets the planner read %s as deep as the limit allows, and refuses one more level", async (_what, query) => {
    expect(await echo.execute(query(50))).toMatchObject({ kind: "executed" });
    expect(await echo.execute(query(51))).toMatchObject({ errors: [{ extensions: { limit: "brackets" } }] });
  });

  it("lets the planner read a long chain of fragments on the root type", async () => {
    const links = Array.from({ length: 300 }, (_, link) => `fragment f${link} on Query { ...f${link + 1} }`);
    const query = `{ ...f0 } ${links.join(" ")} fragment f300 on Query { deep { a } }`;
    expect(await echo.execute(query)).toMatchObject({ data: { deep: { a: 1 } } });
  });
});
