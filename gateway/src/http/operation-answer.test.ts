import type { GatewayResponse } from "../request/graphql-request";
import { HttpRefusal } from "./http-refusal";
import { refuseMutationByGet, serializeResponse, statusOfResponse } from "./operation-answer";

const NEW_TYPE = "application/graphql-response+json";
const OLD_TYPE = "application/json";

function refused(code: "BAD_USER_INPUT" | "FORBIDDEN" | "NOT_AVAILABLE" | "INTERNAL"): GatewayResponse {
  return { kind: "request-error", errors: [{ message: "No.", extensions: { code, retryable: false } }] };
}

function failedField(code: "OWNER_UNAVAILABLE" | "FORBIDDEN"): GatewayResponse {
  return {
    kind: "executed",
    data: null,
    errors: [{ message: "No.", path: ["needs"], extensions: { code, retryable: false } }],
  };
}

describe("statusOfResponse()", () => {
  it.each<[string, GatewayResponse, number, number]>([
    ["data", { kind: "executed", data: { a: 1 } }, 200, 200],
    ["data with errors", { ...failedField("FORBIDDEN"), data: { needs: null } }, 200, 200],
    ["a non-null field that failed", failedField("OWNER_UNAVAILABLE"), 200, 200],
    ["invalid input", refused("BAD_USER_INPUT"), 400, 200],
    ["a refusal", refused("FORBIDDEN"), 403, 200],
    ["an operation of a kind that is not served", refused("NOT_AVAILABLE"), 501, 501],
    ["a broken engine", { ...refused("INTERNAL"), kind: "executed", data: null }, 500, 500],
  ])("%s", (_what, response, status, oldStatus) => {
    expect(statusOfResponse(response, NEW_TYPE)).toBe(status);
    expect(statusOfResponse(response, OLD_TYPE)).toBe(oldStatus);
  });
});

describe("refuseMutationByGet()", () => {
  it("refuses only a mutation that the engine did not run", () => {
    const mutation = { ...refused("BAD_USER_INPUT"), operationKind: "mutation" } as const;
    expect(() => refuseMutationByGet("GET", mutation)).toThrow(HttpRefusal);
    expect(() => refuseMutationByGet("POST", mutation)).not.toThrow();
    expect(() => refuseMutationByGet("GET", { ...mutation, operationKind: "query" })).not.toThrow();
  });
});

describe("serializeResponse()", () => {
  it("leaves out what is absent and what is ours alone", () => {
    expect(serializeResponse({ kind: "executed", data: { a: 1 }, operationName: "A" })).toBe('{"data":{"a":1}}');
    expect(JSON.parse(serializeResponse(refused("FORBIDDEN")))).not.toHaveProperty("data");
  });
});
