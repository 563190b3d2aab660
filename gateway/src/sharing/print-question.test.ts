import { subgraphRequest } from "@alliance-hub/tests/kit/fake-instance";
import { printQuestion } from "./print-question";

describe("printQuestion()", () => {
  it.each(["mutation { a }", " mutation M { a }", "subscription { a }", "fragment F on A { a } query { a }", ""])(
    "is nothing for what is not certainly a query: %s",
    (query) => {
      expect(printQuestion(subgraphRequest({ query, authorizationClass: "public" }))).toBeUndefined();
    },
  );

  it("is nothing without an authorisation class", () => {
    expect(printQuestion(subgraphRequest())).toBeUndefined();
  });

  it.each([
    [{ query: "{ b }" }],
    [{ operationName: "A" }],
    [{ variables: { id: 1 } }],
    [{ body: '{"query":"{ a }"}' }],
  ])("differs by %j", (change) => {
    const request = { query: "{ a }", variables: {}, authorizationClass: "public" };
    const text = printQuestion(subgraphRequest(request))?.text;
    expect(printQuestion(subgraphRequest({ ...request, requestId: "another" }))?.text).toBe(text);
    expect(printQuestion(subgraphRequest({ ...request, ...change }))?.text).not.toBe(text);
  });
});
