import { serializeResponse } from "./http/operation-answer";
import { createPrintedResponse, findDataText } from "./printed-response";

describe("createPrintedResponse()", () => {
  const response = createPrintedResponse(
    { kind: "executed", operationName: "Q", extensions: { cost: 3 } },
    '{"a":1,"b":["\\u0000"]}',
  );

  it("is a response like any other", () => {
    expect(response).toEqual({
      kind: "executed",
      operationName: "Q",
      extensions: { cost: 3 },
      data: { a: 1, b: ["\0"] },
    });
    expect(JSON.parse(JSON.stringify(response))).toEqual({ ...response });
  });

  it("is sent as it is printed", () => {
    expect(serializeResponse(response)).toBe('{"data":{"a":1,"b":["\\u0000"]},"extensions":{"cost":3}}');
    expect(serializeResponse({ ...response })).toBe(serializeResponse(response));
    expect(findDataText({ ...response })).toBeUndefined();
  });
});
