import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StartError } from "@alliance-hub/shared/server/start-error";
import { readGatewayEnvironment } from "../env";
import { openDocumentSource } from "./document-file";

const folder = mkdtempSync(join(tmpdir(), "trusted-documents-"));
const file = join(folder, "list.json");
afterAll(() => rmSync(folder, { recursive: true }));

const open = (variables: Record<string, string>) => openDocumentSource(readGatewayEnvironment(variables));
const ask = (query: string | undefined, documentId?: string) => ({ query, documentId, sha256Hash: undefined });

describe("openDocumentSource()", () => {
  beforeEach(() => writeFileSync(file, '{"1": "{ a }"}'));

  it("lets every document in without a list", () => {
    expect(open({}).resolveDocument(ask("{ b }"))).toBe("{ b }");
    expect(open({}).options.automatic).toBeUndefined();
    expect(open({ AUTOMATIC_PERSISTED_QUERIES: "true" }).options.automatic).toBeDefined();
  });

  it("enforces a list unless it is told not to", () => {
    expect(open({ TRUSTED_DOCUMENTS: file }).resolveDocument(ask(undefined, "1"))).toBe("{ a }");
    expect(() => open({ TRUSTED_DOCUMENTS: file }).resolveDocument(ask("{ b }"))).toThrow(/trusted list/);
    const source = open({ TRUSTED_DOCUMENTS: file, TRUSTED_DOCUMENTS_ONLY: "false" });
    expect(source.resolveDocument(ask("{ b }"))).toBe("{ b }");
  });

  it("says what is wrong with a list", () => {
    expect(() => open({ TRUSTED_DOCUMENTS: join(folder, "gone.json") })).toThrow(/gone.json cannot be read \(ENOENT\)/);
    writeFileSync(file, '{"1": "{ a"}');
    expect(() => open({ TRUSTED_DOCUMENTS: file })).toThrow(StartError);
    expect(() => open({ TRUSTED_DOCUMENTS: file })).toThrow(/list.json cannot be used. The document 1 is not GraphQL/);
  });

  it("refuses a fence that any document can climb", () => {
    expect(() => open({ TRUSTED_DOCUMENTS: file, AUTOMATIC_PERSISTED_QUERIES: "true" })).toThrow(
      /TRUSTED_DOCUMENTS_ONLY=false/,
    );
  });
});
