import { serializeResponse } from "../http/operation-answer";
import { PrintedResponse } from "./printed-response";

describe("PrintedResponse", () => {
  const response = new PrintedResponse({ operationName: "Q", extensions: { cost: 3 } }, '{"a":1,"b":["\\u0000"]}');

  it("is a response like any other", () => {
    const plain = { kind: "executed", operationName: "Q", extensions: { cost: 3 }, data: { a: 1, b: ["\0"] } };
    expect(response).toEqual(plain);
    expect({ ...response }).toEqual(plain);
    expect(JSON.parse(JSON.stringify(response))).toEqual({ ...response });
  });

  it("is sent as it is printed", () => {
    expect(serializeResponse(response)).toBe('{"data":{"a":1,"b":["\\u0000"]},"extensions":{"cost":3}}');
    expect(serializeResponse({ ...response })).toBe(serializeResponse(response));
    expect(Object.keys(response)).not.toContain("dataText");
  });
});
