import { createLibrary } from "@alliance-hub/tests/kit/library";

describe("execute()", () => {
  it("joins fields of an entity from two subgraphs, with what one needs from the other", async () => {
    const { execute, calls } = createLibrary();
    const response = await execute("{ me { greeting name reviews { body author { name } } } }");
    expect(response).toEqual({
      kind: "executed",
      operationKind: "query",
      data: {
        me: {
          greeting: "Li Na:3",
          name: "Li Na",
          reviews: [
            { body: "Good", author: { name: "Li Na" } },
            { body: "Long", author: { name: "Li Na" } },
          ],
        },
      },
    });
    // The author of both reviews is one entity: asked once.
    expect(calls.at(-1)?.variables).toEqual({ representations: [{ __typename: "User", id: "u1" }] });
  });

  it("answers by the client's names, whatever they are", async () => {
    const { execute } = createLibrary();
    const query = `{ me {
      id: name
      name: id
      __typename: greeting
      __proto__: weight
      constructor: nick(upper: true)
      nick
      reviews { id: body author { name: weight id: __typename weight: id } }
    } }`;
    const { data, errors } = await execute(query);
    expect(errors).toBeUndefined();
    expect(JSON.stringify(data)).toBe(
      '{"me":{"id":"Li Na","name":"u1","__typename":"Li Na:3","__proto__":3,"constructor":"LI NA","nick":"li na",' +
        '"reviews":[{"id":"Good","author":{"name":3,"id":"User","weight":"u1"}},' +
        '{"id":"Long","author":{"name":3,"id":"User","weight":"u1"}}]}}',
    );
  });

  it("keeps the operation's order of fields, merged over fragments", async () => {
    const { execute } = createLibrary();
    const { data } = await execute(`
      query { me { ...B name ...A } }
      fragment A on User { id favourite { title } reviews { body } }
      fragment B on User { reviews { id } favourite { id } greeting }
    `);
    expect(JSON.stringify(data)).toBe(
      '{"me":{"reviews":[{"id":"r1","body":"Good"},{"id":"r3","body":"Long"}],"favourite":{"id":"b1","title":"Rivers"},' +
        '"greeting":"Li Na:3","name":"Li Na","id":"u1"}}',
    );
  });

  it("tells types of interfaces and unions apart, over subgraphs", async () => {
    const { execute } = createLibrary();
    const { data, errors } = await execute(`{
      media { kind: __typename title ... on Film { minutes } ... on Book { reviews { body } } }
      things { ... on User { x: nick } ... on Book { x: title } }
    }`);
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      media: [
        { kind: "Book", title: "Rivers", reviews: [{ body: "Good" }, { body: "Fine" }] },
        { kind: "Film", title: "Hills", minutes: 90 },
        null,
      ],
      things: [{ x: "wang wei" }, { x: "Rivers" }],
    });
  });

  it.each([
    [{ yes: true, no: false }, { me: { greeting: "Li Na:3", reviews: [{ id: "r1" }, { id: "r3" }] } }],
    [{ yes: false, no: true }, { me: { name: "Li Na" } }],
  ])("honours @skip and @include with variables %j", async (variables, expected) => {
    const { execute } = createLibrary();
    const query = `query ($yes: Boolean!, $no: Boolean! = true) { me {
      greeting @include(if: $yes)
      ... @skip(if: $no) { reviews { id } }
      ...Name @include(if: $no)
    } } fragment Name on User { name }`;
    expect(await execute(query, variables)).toMatchObject({ data: expected });
    expect(await execute(query, variables)).not.toHaveProperty("errors");
  });

  it("passes variables and their defaults on, and leaves absent ones absent", async () => {
    const { execute, calls } = createLibrary();
    const query = "query ($n: Int = 1, $of: Palette) { users(first: $n) { id } color(of: $of) }";
    expect(await execute(query, { of: { base: "RED" } })).toMatchObject({
      data: { users: [{ id: "u1" }], color: "RED" },
    });
    expect(calls[0]?.variables).toEqual({ n: 1, of: { base: "RED" } });
    await execute(query, { n: 2 });
    expect(calls[1]?.variables).toEqual({ n: 2 });
  });

  it("runs mutations in their order, over subgraphs", async () => {
    const { execute } = createLibrary();
    const response = await execute(
      'mutation { a: first(step: "1") { greeting } b: third(step: "2") c: second(step: "3") }',
    );
    expect(response).toMatchObject({ operationKind: "mutation", data: { a: { greeting: "Li Na:3" }, b: 2, c: 3 } });
    expect((await execute("{ done }")).data).toEqual({ done: ["1", "2", "3"] });
  });

  it("refuses an inaccessible enum value where it happens", async () => {
    const { execute } = createLibrary();
    expect(await execute("{ color }")).toMatchObject({
      data: { color: null },
      errors: [{ path: ["color"], extensions: { code: "INTERNAL" } }],
    });
  });

  it("answers introspection itself, beside fields of subgraphs", async () => {
    const { execute, calls } = createLibrary();
    const { data, errors } = await execute(
      `query ($type: String!) {
      __typename
      user: __type(name: $type) { description fields(includeDeprecated: true) { name deprecationReason } }
      me { name }
      ... on Query { __schema { queryType { name } } root: __typename }
      day: __type(name: "Day") { specifiedByURL }
      color: __type(name: "Color") { enumValues { name } }
      machinery: __type(name: "join__Graph") { name }
    }`,
      { type: "User" },
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      __typename: "Query",
      user: {
        description: "Somebody who reads.",
        fields: ["id", "name", "nick", "weight", "favourite", "greeting", "reviews"].map((name) => ({
          name,
          deprecationReason: name === "nick" ? "use name" : null,
        })),
      },
      me: { name: "Li Na" },
      __schema: { queryType: { name: "Query" } },
      root: "Query",
      day: { specifiedByURL: "https://www.rfc-editor.org/rfc/rfc3339" },
      color: { enumValues: [{ name: "RED" }] },
      machinery: null,
    });
    expect(calls).toHaveLength(1);
    await execute("{ __typename __schema { types { name } } }");
    expect(calls).toHaveLength(1);
  });

  it("nulls the nearest nullable parent, tells where and why once, and hides the inner text", async () => {
    const { execute, logLines } = createLibrary();
    const response = await execute("{ latest { id book { strictReviews { id } } } }");
    expect(response.data).toEqual({
      latest: [
        { id: "r1", book: null },
        { id: "r2", book: null },
      ],
    });
    expect(response.errors).toEqual(
      [0, 1].map((index) => ({
        message: "Something went wrong.",
        locations: [{ line: 1, column: 22 }],
        path: ["latest", index, "book", "strictReviews"],
        extensions: { code: "INTERNAL", retryable: true },
      })),
    );
    expect(JSON.stringify(response)).not.toContain("10.0.0.1");
    expect(JSON.stringify(logLines)).toContain("10.0.0.1");
  });

  it("answers null for an entity that is not there", async () => {
    const { execute } = createLibrary();
    const { data, errors } = await execute("{ latest(first: 3) { book { title } } }");
    expect(data).toEqual({
      latest: [{ book: { title: "Rivers" } }, { book: { title: "Rivers" } }, { book: { title: null } }],
    });
    expect(errors).toBeUndefined();
  });

  it.each([
    ["{ me { ", "BAD_USER_INPUT"],
    ["{ me { nothing } }", "BAD_USER_INPUT"],
    ["{ me { secret } }", "BAD_USER_INPUT"],
    ["query A { me { id } } query B { me { id } }", "BAD_USER_INPUT"],
    ["fragment A on User { id }", "BAD_USER_INPUT"],
    [`{ ${"a: me { id } ".repeat(2000)} }`, "LIMIT_EXCEEDED"],
  ])("refuses %.30s before anything is executed", async (query, code) => {
    const { execute, calls } = createLibrary();
    const response = await execute(query);
    expect(response).toMatchObject({ kind: "request-error", errors: [{ extensions: { code } }] });
    expect(response).not.toHaveProperty("data");
    expect(calls).toEqual([]);
  });

  it("refuses wrong variables without repeating them", async () => {
    const { execute, calls } = createLibrary();
    const query =
      "query ($n: Int!, $of: Palette, $m: Int!) { users(first: $n) { id } a: users(first: $m) { id } color(of: $of) }";
    const response = await execute(query, { n: "personal", of: { base: "personal", shades: ["personal"], x: 1 } });
    expect(response.kind).toBe("request-error");
    expect(response.errors?.map(({ extensions }) => [extensions.code, extensions["fields"]])).toEqual([
      ["BAD_USER_INPUT", ["n"]],
      ["BAD_USER_INPUT", ["of.base"]],
      ["BAD_USER_INPUT", ["of.shades.0"]],
      ["BAD_USER_INPUT", ["of"]],
      ["BAD_USER_INPUT", ["m"]],
    ]);
    expect(JSON.stringify(response)).not.toContain("personal");
    expect(calls).toEqual([]);
  });

  it("refuses a mutation where only queries are allowed", async () => {
    const { execute, calls } = createLibrary();
    const response = await execute('mutation { second(step: "1") }', {}, { allowMutation: false });
    expect(response).toMatchObject({ kind: "request-error", operationKind: "mutation" });
    expect(calls).toEqual([]);
  });

  it("runs the operation that is named", async () => {
    const { execute } = createLibrary();
    const query = "query A { me { id } } query B { me { name } }";
    expect(await execute(query, {}, { operationName: "B" })).toMatchObject({
      operationName: "B",
      data: { me: { name: "Li Na" } },
    });
    expect(await execute(query, {}, { operationName: "C" })).toMatchObject({ kind: "request-error" });
  });
});
