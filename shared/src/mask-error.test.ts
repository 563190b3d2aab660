import { ApolloServer } from "@apollo/server";
import { buildSchema, GraphQLError, parse } from "graphql";
import { type Logger, pino } from "pino";
import { HubError } from "./hub-error";
import { maskError } from "./mask-error";

function captureLog(): { log: Logger; lines: string[] } {
  const lines: string[] = [];
  return { log: pino({ level: "trace" }, { write: (line: string) => void lines.push(line) }), lines };
}

describe("maskError()", () => {
  it("lets a HubError through with its code, facts and path", () => {
    const { log, lines } = captureLog();
    const located = new GraphQLError("x", {
      path: ["need", 0],
      originalError: new HubError("VERSION_CONFLICT", "Changed.", { currentVersion: 3 }),
    });
    expect(maskError(located, log)).toEqual({
      message: "Changed.",
      path: ["need", 0],
      extensions: { code: "VERSION_CONFLICT", retryable: false, currentVersion: 3 },
    });
    expect(lines).toEqual([]);
  });

  it("hides anything unexpected and logs it", () => {
    const { log, lines } = captureLog();
    const located = new GraphQLError("x", {
      path: ["need"],
      originalError: new Error("password=secret in column phone"),
    });
    const masked = maskError(located, log);
    expect(JSON.stringify(masked)).not.toContain("secret");
    expect(masked.extensions).toMatchObject({ code: "INTERNAL", retryable: true });
    expect(lines.join()).toContain("password=secret in column phone");
  });

  it("hides an error that a resolver made look like one of GraphQL's", () => {
    const { log } = captureLog();
    expect(maskError(new GraphQLError("inner detail", { path: ["need"] }), log).extensions).toMatchObject({
      code: "INTERNAL",
    });
    expect(maskError("thrown text", log).message).not.toContain("thrown text");
  });

  it("gives syntax errors the code BAD_USER_INPUT", () => {
    const { log } = captureLog();
    try {
      parse("{ ");
    } catch (error) {
      expect(maskError(error, log).extensions).toMatchObject({ code: "BAD_USER_INPUT" });
    }
    expect.assertions(1);
  });

  it.each([
    ["a syntax error", "{ "],
    ["an unknown field", "{ nope }"],
    ["a variable that is missing", "query ($id: ID!) { need(id: $id) }"],
  ])("gives %s the code BAD_USER_INPUT behind Apollo Server, which wraps it", async (_fault, query) => {
    const { log, lines } = captureLog();
    const server = new ApolloServer({
      schema: buildSchema("type Query { need(id: ID!): String }"),
      formatError: (_formatted, error) => maskError(error, log),
    });
    const { body } = await server.executeOperation({ query });
    await server.stop();
    const { errors = [] } = body.kind === "single" ? body.singleResult : {};
    expect(errors.map((error) => error.extensions?.["code"])).toEqual(["BAD_USER_INPUT"]);
    expect(lines).toEqual([]);
  });

  it("hides what a resolver throws behind Apollo Server, a GraphQL error with nodes included", async () => {
    const { log } = captureLog();
    const schema = buildSchema("type Query { need: String }");
    const rootValue = {
      need: (_args: unknown, _context: unknown, info: { fieldNodes: never[] }) => {
        throw new GraphQLError("inner detail", { nodes: info.fieldNodes });
      },
    };
    const server = new ApolloServer({
      schema,
      rootValue: () => rootValue,
      formatError: (_formatted, error) => maskError(error, log),
    });
    const { body } = await server.executeOperation({ query: "{ need }" });
    await server.stop();
    const { errors = [] } = body.kind === "single" ? body.singleResult : {};
    expect(errors.map((error) => error.extensions?.["code"])).toEqual(["INTERNAL"]);
    expect(JSON.stringify(errors)).not.toContain("inner detail");
  });
});
