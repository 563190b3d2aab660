import { parse, printSchema } from "graphql";
import { composeSupergraph } from "../composition/compose-supergraph";
import { buildPublicSchema } from "./public-schema";

const LINK = `extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key", "@shareable", "@inaccessible", "@tag", "@composeDirective"])`;

function publish(sdl: string): string {
  const { supergraphSdl, errors } = composeSupergraph([{ name: "a", url: "http://a.test", sdl: `${LINK}\n${sdl}` }]);
  if (supergraphSdl === undefined) {
    throw new Error(errors?.map(({ message }) => message).join("\n"));
  }
  return printSchema(buildPublicSchema(parse(supergraphSdl)));
}

describe("buildPublicSchema()", () => {
  it("keeps everything that is meant for clients", () => {
    const sdl = `directive @live(every: Int = 5) on FIELD

"The root."
type Query {
  "One thing."
  thing(
    "Which one."
    by: By = {shade: RED, ids: ["one"]}
    old: Int @deprecated(reason: "use by")
  ): Thing @deprecated(reason: "use things")
  things: [[Thing!]]!
  any: Any
}

"Ways to find."
input By {
  shade: Shade = GREEN
  "Several."
  ids: [ID!]
}

enum Shade {
  RED
  "Like grass."
  GREEN @deprecated(reason: "faded")
}

interface Named {
  name: String!
}

type Thing implements Named {
  name: String!
  day: Day
}

union Any = Thing | Other

type Other {
  x: Int
}

"A date."
scalar Day @specifiedBy(url: "https://www.rfc-editor.org/rfc/rfc3339")`;
    const lines = (text: string) =>
      text
        .split("\n")
        .map((line) => line.trim())
        .filter((line) => line !== "")
        .toSorted();
    const unquoted = (text: string) => lines(text.replaceAll(/"""\n?\s*([^"]+?)\s*"""/g, '"$1"'));
    expect(unquoted(publish(sdl))).toEqual(unquoted(sdl));
  });

  it("hides the machinery and whatever is inaccessible", () => {
    const text = publish(`
      type Query { a(x: Int, hidden: Secret @inaccessible): Int @tag(name: "x") b: Secret2 @inaccessible u: U shade: Shade i: I }
      input Secret @inaccessible { x: Int }
      type Secret2 @inaccessible { x: Int }
      union U = Open | Secret2
      interface Hidden @inaccessible { y: Int }
      interface I { y: Int }
      type Open implements Hidden & I @key(fields: "y") { y: Int z: Int @inaccessible }
      enum Shade { RED GREEN @inaccessible }
      input In { x: Int y: Int @inaccessible }
      extend type Query { f(in: In): Int }
    `);
    expect(text).not.toMatch(/join__|link__|@tag|@key|inaccessible|hidden|Secret|Hidden|GREEN|z:/i);
    expect(text).toContain("union U = Open");
    expect(text).toContain("type Open implements I {");
    expect(text).toContain("a(x: Int): Int");
  });
});
