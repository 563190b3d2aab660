import { invariant } from "@alliance-hub/shared/invariant";
import { type DocumentNode, Kind, parse, print, stripIgnoredCharacters } from "graphql";
import { composeSupergraph } from "../../composition/compose-supergraph";
import { splitOperation } from "../plan-document";
import { PlanKeys } from "../plan-keys";
import { readSupergraph } from "../supergraph";
import { splitByContext } from "./split-by-context";

const { supergraphSdl = "" } = composeSupergraph([
  {
    name: "a",
    url: "http://a.test",
    sdl: `
      extend schema @link(url: "https://specs.apollo.dev/federation/v2.8", import: ["@key", "@context", "@fromContext"])
      type Query { user: User balance: Int owners: [Owner] }
      type Mutation { pay: User }
      type User @key(fields: "id") @context(name: "user") { id: ID! currency: String accounts: [[Account]] }
      type Firm @context(name: "user") { currency: String! account: Account friend: User }
      union Owner = User | Firm
      type Account @key(fields: "id") {
        id: ID!
        balance(currency: String @fromContext(field: "$user { currency }"), digits: Int): String
        twin(currency: String @fromContext(field: "$user { currency }")): Account
      }`,
  },
]);
const supergraph = readSupergraph(supergraphSdl);

/** The steps' documents without spaces, and where the later ones' root fields stand. */
function split(query: string) {
  const document = parse(query);
  const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  invariant(operation && supergraph.contexts, "there is an operation, and contexts");
  const fragments = new Map(
    document.definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [])),
  );
  const { planDocument } = splitOperation(operation, fragments, {}, supergraph, new PlanKeys(supergraph.publicSchema));
  invariant(planDocument, "something is asked of a subgraph");
  const steps = splitByContext(planDocument, supergraph, supergraph.contexts);
  const write = (step: DocumentNode) => stripIgnoredCharacters(print(step));
  return steps && { documents: steps.documents.map(write), places: Object.fromEntries(steps.places) };
}

describe("splitByContext()", () => {
  it("asks for a marker in place of a contextual field, for the context's value above, and for the field by itself", () => {
    expect(split("query ($n: Int) { user { accounts { mine: balance(digits: $n) } } }")).toEqual({
      documents: [
        "query($n:Int){user{accounts{_ctx_key_0}__typename currency}}",
        "query($n:Int){_ctx_at_0:_ctx_entry_0_Account{_c_mine:balance(digits:$n)}}",
      ],
      places: { _ctx_at_0: [{ Field: "user" }, { Field: "accounts" }, "@"] },
    });
  });

  it("names a context's value by its type where another type's fragments may stand beside", () => {
    expect(split("{ owners { ... on Firm { account { id ...B } } } } fragment B on Account { balance }")).toEqual({
      documents: [
        "{owners{__typename ...on Firm{account{id ...{_ctx_key_0}}__typename _ctx_4_Firm_currency:currency}}}",
        "{_ctx_at_0:_ctx_entry_0_Account{balance}}",
      ],
      places: { _ctx_at_0: [{ Field: "owners" }, "@", { TypeCondition: ["Firm"] }, { Field: "account" }] },
    });
  });

  it("makes a step for each contextual field inside another, and one root field for each place", () => {
    const steps = split(
      "mutation { pay { accounts { twin { id balance twin { balance } } balance } accounts { balance } } }",
    );
    expect(steps?.documents).toEqual([
      "mutation{pay{accounts{_ctx_key_0 __typename}accounts{_ctx_key_0}__typename currency}}",
      "{_ctx_at_0:_ctx_entry_0_Account{twin{id _ctx_key_0 __typename}balance balance}}",
      "{_ctx_at_1:_ctx_entry_0_Account{balance twin{_ctx_key_0}}}",
      "{_ctx_at_2:_ctx_entry_0_Account{balance}}",
    ]);
    expect(steps?.places["_ctx_at_2"]).toEqual([
      { Field: "pay" },
      { Field: "accounts" },
      "@",
      { Field: "twin" },
      { Field: "twin" },
    ]);
  });

  it.each(["{ user { currency } }", "{ balance }"])("is undefined for %s", (query) => {
    expect(split(query)).toBeUndefined();
  });

  it("bounds what fragments are written out to", () => {
    const levels = Array.from(
      { length: 13 },
      (_, level) => `fragment L${level} on User { ...L${level + 1} ...L${level + 1} }`,
    );
    const query = `{ user { ...L0 } } ${levels.join(" ")} fragment L13 on User { accounts { balance } }`;
    expect(() => split(query)).toThrow(/more than 5000 selections/);
  });
});
