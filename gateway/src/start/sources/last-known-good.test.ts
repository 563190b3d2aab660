import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StartError } from "@alliance-hub/shared/server/start-error";
import { federationSdl } from "@alliance-hub/tests/kit/subgraph-server";
import fc from "fast-check";
import { composeSupergraph } from "../../composition/compose-supergraph";
import { createLog } from "../../telemetry/log";
import { LastKnownGood } from "./last-known-good";
import type { ServableGraph, SupergraphSource } from "./supergraph-source";

const NEEDS = { name: "needs", url: "http://127.0.0.1:1/graphql" };
const { supergraphSdl = "" } = composeSupergraph([{ ...NEEDS, sdl: federationSdl("type Query { a: Int }") }]);
const GRAPH: ServableGraph = { supergraphSdl, subgraphs: [NEEDS] };

let directory: string;
let file: string;
let logLines: Record<string, unknown>[];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "last-known-good-"));
  file = join(directory, "last-known-good.json");
  logLines = [];
});
afterEach(() => rmSync(directory, { recursive: true }));

const source = (more: Partial<SupergraphSource> = {}): SupergraphSource => ({
  name: "alliance",
  load: async () => GRAPH,
  close: async () => undefined,
  ...more,
});
const open = (where = directory) =>
  new LastKnownGood(where, createLog("debug", { write: (line: string) => logLines.push(JSON.parse(line)) }));

describe("LastKnownGood", () => {
  it("reads what was written, by another process, and for the owner alone", async () => {
    expect(open().read(source())).toBeUndefined();
    expect(logLines).toMatchObject([{ reason: expect.stringMatching(/cannot be read/) }]);
    await open().write(source(), { supergraphSdl: "old", subgraphs: [] });
    await open().write(source(), GRAPH);
    expect(open().read(source())).toEqual({ graph: GRAPH, savedAt: expect.stringMatching(/^\d{4}-.*Z$/) });
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it("goes where the operator says today that the instances are", async () => {
    await open().write(source(), GRAPH);
    const moved = [{ name: "needs", url: "http://elsewhere/graphql" }];
    expect(open().read(source({ configuredSubgraphs: () => moved }))?.graph).toEqual({ ...GRAPH, subgraphs: moved });
    const unreadable = () => {
      throw new StartError("the list cannot be read");
    };
    expect(open().read(source({ configuredSubgraphs: unreadable }))?.graph).toEqual(GRAPH);
  });

  it.each<[string, Partial<SupergraphSource>, RegExp]>([
    ["another source", { name: "subgraphs-file:/x" }, /is of another graph \(alliance\)/],
    [
      "other subgraphs",
      { configuredSubgraphs: () => [NEEDS, { name: "funds", url: "http://127.0.0.1:2" }] },
      /is of other subgraphs \(needs\)/,
    ],
  ])("refuses what was written for %s", async (_what, more, reason) => {
    await open().write(source(), GRAPH);
    expect(open().read(source(more))).toBeUndefined();
    expect(logLines).toMatchObject([{ level: "error", reason: expect.stringMatching(reason) }]);
  });

  it("refuses another format, and what cannot be served though it is whole", async () => {
    await open().write(source(), { supergraphSdl: "type Query { a: Int }", subgraphs: [NEEDS] });
    expect(open().read(source())).toBeUndefined();
    writeFileSync(file, JSON.stringify({ supergraphSdl }));
    expect(open().read(source())).toBeUndefined();
    expect(logLines.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/is not a supergraph/),
      expect.stringMatching(/is no last known good schema/),
    ]);
  });

  it("refuses a file that was cut or changed anywhere", async () => {
    await open().write(source(), GRAPH);
    const text = readFileSync(file, "utf8");
    const change = fc.record({
      at: fc.nat(text.length - 2),
      how: fc.constantFrom("cut", "drop", "replace"),
      by: fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 1 }),
    });
    fc.assert(
      fc.property(change, ({ at, how, by }) => {
        const rest = how === "cut" ? "" : text.slice(at + 1);
        const damaged = text.slice(0, at) + (how === "replace" ? by : "") + rest;
        fc.pre(damaged !== text);
        writeFileSync(file, damaged);
        expect(open().read(source())).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });

  it("says at start when the folder cannot be used, and in the log when it cannot be any more", async () => {
    writeFileSync(join(directory, "file"), "");
    expect(() => open(join(directory, "file", "inside"))).toThrow(/state directory cannot be used.*STATE_DIRECTORY/);
    const inside = join(directory, "a", "b");
    const kept = open(inside);
    rmSync(inside, { recursive: true });
    await kept.write(source(), GRAPH);
    expect(logLines).toMatchObject([{ level: "error", msg: "the last known good schema could not be written" }]);
  });
});
