import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StartError } from "@alliance-hub/shared/server/start-error";
import { composeSupergraph } from "../composition/compose-supergraph";
import { parseSupergraph, readSubgraphsFile } from "./graph-files";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "graph-files-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(content: unknown): string {
  const path = join(folder, "graph");
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

function compose(url: string, sdl: string, node = false): string {
  const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])\n`;
  const { supergraphSdl } = composeSupergraph([{ name: "needs", url, sdl: link + sdl }], { node });
  return supergraphSdl ?? "";
}

describe("readSubgraphsFile()", () => {
  it("reads names, addresses and SDL where it is given", () => {
    const subgraphs = [
      { name: "needs", url: "http://127.0.0.1:1/graphql" },
      { name: "funds", url: "https://funds.example", sdl: "type Query { a: Int }" },
    ];
    expect(readSubgraphsFile(write(subgraphs))).toEqual(subgraphs);
  });

  it.each([
    ["[", /is not JSON/],
    [[], /must be a list/],
    [{ needs: {} }, /must be a list.*\n {2}- the list:/],
    [
      [{ name: "needs" }, { name: "", url: "ftp://x", sdl: "" }],
      /\[0\]\.url.*\n.*\[1\]\.name.*\n.*\[1\]\.url.*\n.*\[1\]\.sdl/,
    ],
  ])("refuses %j with all that is wrong", (content, sentence) => {
    const read = () => readSubgraphsFile(write(content));
    expect(read).toThrow(StartError);
    expect(read).toThrow(sentence);
  });

  it("says which file is missing", () => {
    expect(() => readSubgraphsFile(join(folder, "missing.json"))).toThrow(/missing\.json cannot be read.*no such file/);
  });
});

describe("parseSupergraph()", () => {
  it("reads the addresses of join__Graph, without the gateway's own subgraph", () => {
    const sdl = `type Query { a: Need } interface Node { id: ID! } type Need implements Node @key(fields: "id") { id: ID! }`;
    const supergraphSdl = compose("http://127.0.0.1:1/graphql", sdl, true);
    expect(supergraphSdl).toContain("hub:node");
    expect(parseSupergraph("a file", supergraphSdl)).toEqual({
      supergraphSdl,
      subgraphs: [{ name: "needs", url: "http://127.0.0.1:1/graphql" }],
    });
  });

  it.each([
    ["type Query {", /is not GraphQL/],
    ["type Query { a: Int }", /is not a supergraph/],
    [compose("", "type Query { a: Int }"), /no http:\/\/ or https:\/\/ address for needs/],
  ])("refuses what cannot be served (%#)", (content, sentence) => {
    const read = () => parseSupergraph("a file", content);
    expect(read).toThrow(StartError);
    expect(read).toThrow(sentence);
  });
});
