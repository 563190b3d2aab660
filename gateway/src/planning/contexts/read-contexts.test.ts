import { composeSupergraph } from "../../composition/compose-supergraph";
import { readSupergraph } from "../supergraph";

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.8", import: ["@key", "@context", "@fromContext"])\n`;

const SDL = `${LINK}
  type Query { user: User }
  interface Payer @context(name: "user") { currency: String }
  type User implements Payer @key(fields: "id") { id: ID! currency: String account: Account _ctx_x: Int }
  type Account @key(fields: "id") @key(fields: "no") {
    id: ID!
    no: ID!
    balance(currency: String @fromContext(field: "$user { currency }"), digits: Int): String
  }`;

function compose(sdl: string): string {
  const { supergraphSdl, errors } = composeSupergraph([{ name: "a", url: "http://a.test", sdl }]);
  expect(errors).toBeUndefined();
  return supergraphSdl ?? "";
}

describe("readContexts()", () => {
  it("finds fields with their arguments, and who sets the context", () => {
    const model = readSupergraph(compose(SDL)).contexts;
    const field = model?.find("Account", "balance");
    expect([...(field?.argumentsIn ?? [])]).toMatchObject([
      ["a", [{ name: "currency", type: "String", context: "a__user" }]],
    ]);
    expect(["Payer", "User", "Account"].map((name) => model?.isSetBy("a__user", name))).toEqual([true, true, false]);
    expect(model?.find("User", "currency")).toBeUndefined();
    expect(model?.hasFieldsIn("b")).toBe(false);
  });

  it("gives names that no field begins with and no subgraph has", () => {
    const taken = compose(SDL).replace(
      "enum join__Graph {",
      'enum join__Graph { A_KEYS @join__graph(name: "keys of a", url: "")',
    );
    expect(readSupergraph(taken).contexts?.keyGraphs).toMatchObject([
      { graph: "A_KEYS_", keysOf: "A", subgraph: "keys of a_", markerField: "__ctx_key_0" },
    ]);
  });

  it("is undefined where no argument comes from a context", () => {
    expect(readSupergraph(compose("type Query { a(b: Int): Int }")).contexts).toBeUndefined();
  });

  it.each([
    ['selection: " { currency }"', 'selection: " { currency"'],
    ['selection: " { currency }"', "selection: 7"],
    ['context: "a__user", ', ""],
    ['[{context: "a__user"', '[7, {context: "a__user"'],
  ])("refuses a supergraph with %s as %s", (written, wrong) => {
    const sdl = compose(SDL);
    expect(sdl).toContain(written);
    expect(() => readSupergraph(sdl.replace(written, wrong))).toThrow(/^The supergraph has a context argument/);
  });
});
