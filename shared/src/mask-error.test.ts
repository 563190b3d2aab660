import { GraphQLError, parse } from "graphql";
import { pino } from "pino";
import { HubError } from "./hub-error";
import { maskError } from "./mask-error";

function captureLog(): { log: ReturnType<typeof pino>; lines: string[] } {
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
});
