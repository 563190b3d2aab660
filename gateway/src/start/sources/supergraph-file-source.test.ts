import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StartError } from "@alliance-hub/shared/server/start-error";
import { federationSdl } from "@alliance-hub/tests/kit/subgraph-server";
import { composeSupergraph } from "../../composition/compose-supergraph";
import { createSupergraphFileSource } from "./supergraph-file-source";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "supergraph-file-"));
  path = join(folder, "supergraph.graphql");
});
afterEach(() => rmSync(folder, { recursive: true }));

const supergraphOf = (field: string, url = "http://127.0.0.1:1/graphql") =>
  composeSupergraph([{ name: "needs", url, sdl: federationSdl(`type Query { ${field}: Int }`) }]).supergraphSdl ?? "";
const options = { timeoutMs: 0, signal: new AbortController().signal };

describe("createSupergraphFileSource()", () => {
  it("gives the same graph until the file changes, and then the new one with its addresses", async () => {
    writeFileSync(path, supergraphOf("a"));
    const source = createSupergraphFileSource(path);
    const first = await source.load(options);
    expect(first.supergraphSdl).toContain("a: Int");
    writeFileSync(path, supergraphOf("a"));
    expect(await source.load(options)).toBe(first);
    writeFileSync(path, supergraphOf("b", "http://127.0.0.1:2/graphql"));
    expect(await source.load(options)).toMatchObject({
      supergraphSdl: expect.stringContaining("b: Int"),
      subgraphs: [{ name: "needs", url: "http://127.0.0.1:2/graphql" }],
    });
  });

  it("waits for a writer that writes in pieces", async () => {
    writeFileSync(path, supergraphOf("a"));
    const source = createSupergraphFileSource(path);
    await source.load(options);
    const text = supergraphOf("b");
    // Valid by itself: a cut between two definitions is no fault that could be seen.
    const definitions = text.slice(0, text.lastIndexOf("type Query"));
    const piece = `${definitions}type Query @join__type(graph: NEEDS) { half: Int }`;
    writeFileSync(path, piece);
    const loading = source.load(options);
    setTimeout(() => writeFileSync(path, text), 10);
    expect((await loading).supergraphSdl).toBe(text);
  });

  it("refuses with the same words while the file is wrong, and goes on when it is mended", async () => {
    writeFileSync(path, supergraphOf("a"));
    const source = createSupergraphFileSource(path);
    const first = await source.load(options);
    truncateSync(path, 300);
    const failure = await source.load(options).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StartError);
    await expect(source.load(options)).rejects.toBe(failure);
    rmSync(path);
    await expect(source.load(options)).rejects.toThrow(/cannot be read/);
    writeFileSync(path, first.supergraphSdl);
    expect(await source.load(options)).toEqual(first);
  });

  it("stops waiting when it is told to, and is told apart by the file's place", async () => {
    writeFileSync(path, supergraphOf("a"));
    const source = createSupergraphFileSource(path);
    await source.load(options);
    writeFileSync(path, supergraphOf("b"));
    const stopping = new AbortController();
    const loading = source.load({ ...options, signal: stopping.signal });
    stopping.abort();
    await expect(loading).rejects.toHaveProperty("name", "AbortError");
    expect(source.name).toBe(`supergraph-file:${path}`);
  });
});
