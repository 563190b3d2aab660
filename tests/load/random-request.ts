import { createHash } from "node:crypto";
import type { GraphQLSchema } from "graphql";
import { createRandom, generateQuery } from "../kit/random-query";

export interface RandomRequest {
  /** What was done to the request, for whoever reads a failure. */
  readonly kind: string;
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | undefined;
}

const JSON_HEADERS = { "content-type": "application/json", accept: "application/json" };

/** The same seed gives the same request: a query of the schema's grammar, mostly with something wrong in it. */
export function generateRequest(schema: GraphQLSchema, seed: number): RandomRequest {
  const random = createRandom(seed);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const below = (bound: number) => Math.floor(random() * bound);
  const { query, variables } = generateShopQuery(schema, seed);

  const post = (kind: string, body: unknown, headers: Record<string, string> = {}): RandomRequest => ({
    kind,
    method: "POST",
    path: "/graphql",
    headers: { ...JSON_HEADERS, ...headers },
    body: Buffer.isBuffer(body) ? body : Buffer.from(typeof body === "string" ? body : JSON.stringify(body)),
  });

  const kinds: readonly (() => RandomRequest)[] = [
    () => post("valid", { query, variables }),
    () => post("valid in the new media type", { query, variables }, { accept: "application/graphql-response+json" }),
    () => ({
      kind: "GET",
      method: "GET",
      path: `/graphql?${new URLSearchParams({ query, variables: JSON.stringify(variables) })}`.slice(0, 8_000),
      headers: { accept: "application/json", "x-hub-request": "1" },
      body: undefined,
    }),
    () => post("bytes of the body changed", mutateBytes(Buffer.from(JSON.stringify({ query, variables })), below)),
    () =>
      post("bytes of the query changed", {
        query: mutateBytes(Buffer.from(query), below).toString("latin1"),
        variables,
      }),
    () => post("tokens of the query changed", { query: mutateTokens(query, pick, below), variables }),
    () =>
      post("two queries spliced", {
        query: splice(query, generateShopQuery(schema, seed + 1).query, below),
        variables,
      }),
    () =>
      post("other variables", {
        query,
        variables: { yes: randomValue(pick, 3), no: randomValue(pick, 3), two: randomValue(pick, 3) },
      }),
    () => post("any JSON", randomValue(pick, 4) ?? null),
    () =>
      post("parameters of any type", {
        query: pick([query, randomValue(pick, 2)]),
        operationName: randomValue(pick, 1),
        variables: randomValue(pick, 3),
        extensions: randomValue(pick, 3),
        documentId: pick([undefined, randomValue(pick, 1)]),
      }),
    () =>
      post("a hash", {
        query: pick([undefined, query]),
        variables,
        extensions: {
          persistedQuery: {
            version: pick([1, 2]),
            sha256Hash: pick([createHash("sha256").update(query).digest("hex"), "00", 7]),
          },
        },
      }),
    () => post("nested deeply", { query: `{ me ${"{ bestFriend ".repeat(below(60))} { id } ${"}".repeat(below(60))}` }),
    () => post("a fragment bomb", { query: fragmentBomb(1 + below(40)) }),
    () => post("fragments inside one another", { query: `{ products { ${nest(below(48), pick)} } }` }),
    () =>
      post("many aliases", {
        query: `{ ${Array.from({ length: below(130) }, (_, index) => `a${index}: me { name friends { id } }`).join(" ")} }`,
      }),
    () =>
      post("a large page", {
        query: "query ($n: Int) { products(first: $n) { reviews { body } } }",
        variables: { n: pick([0, -1, 1e3, 2 ** 31 - 1, 2 ** 31, 1.5, "1", null, []]) },
      }),
    () =>
      post("introspection", {
        query: pick([
          "{ __schema { types { name fields { name type { name } } } } }",
          '{ __type(name: "Toy") { possibleTypes { name } } }',
          "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }",
        ]),
      }),
    () =>
      post("other operations", {
        query: pick([
          "mutation { a }",
          "subscription { a }",
          "{ a } { b }",
          "query A { me { id } } query B { me { id } }",
          "type A { b: Int }",
          "fragment A on User { id }",
          "",
        ]),
        operationName: pick([undefined, "A", "C", ""]),
      }),
    () =>
      post(
        "other headers",
        { query, variables },
        pick<Record<string, string>>([
          { "content-type": "text/plain" },
          { "content-type": "application/json; charset=utf-7" },
          { accept: "text/html" },
          { accept: "*/*;q=0" },
          { "content-encoding": "gzip" },
          { "x-request-id": "\u00e9".repeat(90) },
          { origin: "null" },
        ]),
      ),
    () => post("a large body", { query, variables: { text: "x".repeat(below(300_000)) } }),
    () => post("many values", { query, variables: { list: Array.from({ length: below(20_000) }, () => 1) } }),
    () => ({
      kind: "other paths",
      method: pick(["GET", "POST"] as const),
      path: pick([
        "/",
        "/graphql",
        "/graphql/",
        "/health",
        "/ready",
        "/%00",
        "/%ff",
        "/explorer/x",
        "/graphql?query=%7B",
        `/${"a".repeat(below(3_000))}`,
      ]),
      headers: JSON_HEADERS,
      body: undefined,
    }),
  ];
  return random() < 0.15 ? post("valid", { query, variables }) : pick(kinds)();
}

/** The planner gives up on some plans with the computed field `shipping` (see the differential test); all else it must plan. */
function generateShopQuery(schema: GraphQLSchema, seed: number): ReturnType<typeof generateQuery> {
  for (let attempt = 0; ; attempt += 1) {
    // Every other query comes again and again, so that plans are found as well as made.
    const generated = generateQuery(schema, (seed % 2 === 0 ? seed % 400 : seed) * 31 + attempt, 3);
    if (!generated.query.includes("shipping")) {
      return generated;
    }
  }
}

function mutateBytes(bytes: Buffer, below: (bound: number) => number): Buffer {
  const changed = Buffer.from(bytes);
  for (let change = 0; change <= below(8); change += 1) {
    changed[below(changed.length)] = below(256);
  }
  return below(4) === 0 ? changed.subarray(0, below(changed.length)) : changed;
}

const TOKENS = [
  "{",
  "}",
  "(",
  ")",
  "[",
  "]",
  "...",
  "on",
  "@skip(if: true)",
  "@include(if: $no)",
  "$two",
  '"',
  '"""',
  "!",
  ":",
  "#",
  "null",
  "-1",
  "1e999",
  "99999999999999999999",
  "__typename",
  "__proto__",
  "constructor",
  "Book",
  "fragment",
  "query",
  "\u0000",
  "\ud800",
];

function mutateTokens(
  query: string,
  pick: <Item>(items: readonly Item[]) => Item,
  below: (bound: number) => number,
): string {
  const words = query.split(/\b/);
  for (let change = 0; change <= below(5); change += 1) {
    const at = below(words.length);
    words.splice(at, below(3), ...(below(3) === 0 ? [] : [pick([...TOKENS, ...words])]));
  }
  return words.join("");
}

function splice(left: string, right: string, below: (bound: number) => number): string {
  return left.slice(0, below(left.length)) + right.slice(below(right.length));
}

function fragmentBomb(levels: number): string {
  const links = Array.from(
    { length: levels },
    (_, level) => `fragment f${level} on User { ...f${level + 1} friends { ...f${level + 1} } }`,
  );
  return `{ me { ...f0 } } ${links.join(" ")} fragment f${levels} on User { id }`;
}

function nest(levels: number, pick: <Item>(items: readonly Item[]) => Item): string {
  return Array.from({ length: levels }).reduce<string>(
    (inner) =>
      pick([`... on Scored { ${inner} }`, `... on Product { ${inner} }`, `... on Product { related { ${inner} } }`]),
    "__typename",
  );
}

const VALUES = [null, true, false, 0, -1, 1.5, 2 ** 53, 1e308, "", "a", "__proto__", "\u0000", "\ud800", "2026-02-30"];

function randomValue(pick: <Item>(items: readonly Item[]) => Item, depth: number): unknown {
  const inner = () => randomValue(pick, depth - 1);
  return depth === 0
    ? pick(VALUES)
    : pick([
        () => pick(VALUES),
        () => [inner(), inner()],
        () => ({ constructor: inner(), id: inner() }),
        () => ({ persistedQuery: inner() }),
      ])();
}
