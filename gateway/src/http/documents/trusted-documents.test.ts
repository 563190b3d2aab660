import { readTrustedDocuments, TrustedDocumentsInvalid } from "./trusted-documents";

const manifest = (operations: unknown, more: object = {}) =>
  JSON.stringify({ format: "apollo-persisted-query-manifest", version: 1, operations, ...more });

describe("readTrustedDocuments()", () => {
  it("reads an Apollo manifest", () => {
    const { byId, texts } = readTrustedDocuments(
      manifest([
        { id: "1", body: "query A { a }", name: "A", type: "query" },
        { id: "2", body: "mutation B { b }", name: "B", type: "mutation", clientName: "web" },
      ]),
    );
    expect([...byId]).toEqual([
      ["1", "query A { a }"],
      ["2", "mutation B { b }"],
    ]);
    expect(texts).toEqual(new Set(["query A { a }", "mutation B { b }"]));
  });

  it("reads the list of Relay and of code generators", () => {
    expect(readTrustedDocuments('{"9a7b": "query A { a }", "__proto__": "{ b }"}').byId.get("9a7b")).toBe(
      "query A { a }",
    );
    expect(readTrustedDocuments("{}").byId.size).toBe(0);
  });

  it.each([
    ["{", /not JSON/],
    ["[]", /neither/],
    ['"{ a }"', /neither/],
    ['{"a": 1}', /neither/],
    ['{"": "{ a }"}', /neither/],
    [manifest([], { version: 2 }), /neither/],
    [manifest([], { format: "other" }), /neither/],
    [manifest([{ id: "1" }]), /neither/],
    [manifest([{ id: "1", body: "{ a" }]), /document 1 is not GraphQL: Syntax Error/],
    [
      manifest([
        { id: "1", body: "{ a }" },
        { id: "1", body: "{ b }" },
      ]),
      /id 1 stands for two/,
    ],
  ])("refuses %s", (json, reason) => {
    expect(() => readTrustedDocuments(json)).toThrow(TrustedDocumentsInvalid);
    expect(() => readTrustedDocuments(json)).toThrow(reason);
  });
});
