import { StartError } from "@alliance-hub/shared/server/start-error";
import { federationSdl } from "@alliance-hub/tests/kit/subgraph-server";
import {
  type CompositionOptions,
  composeSupergraph,
  type SubgraphDefinition,
} from "../../composition/compose-supergraph";
import { SubgraphUnreachable } from "../../egress/subgraph-transport";
import { createLog } from "../../telemetry/log";
import type { SubgraphSource } from "../graph-files";
import { SharedTransports } from "../swap/shared-transports";
import { createComposedSource } from "./composed-source";

const NEEDS = { name: "needs", url: "http://needs" };
const FUNDS = { name: "funds", url: "http://funds" };
const OPTIONS = { timeoutMs: 0, signal: new AbortController().signal };

/** Subgraphs at addresses; undefined for one that is away. */
function setUp(initial: Record<string, string | undefined>, list: readonly SubgraphSource[] = [NEEDS, FUNDS]) {
  const state = { sdlAt: initial, list, compositions: 0, closed: [] as string[] };
  const logLines: Record<string, unknown>[] = [];
  const transports = new SharedTransports(({ name, url }) => ({
    async execute() {
      const sdl = state.sdlAt[url];
      if (sdl === undefined) {
        throw new SubgraphUnreachable(name, "refused", "connect ECONNREFUSED");
      }
      return { data: { _service: { sdl: federationSdl(sdl) } } };
    },
    close: async () => {
      state.closed.push(url);
    },
  }));
  const source = createComposedSource({
    name: "test",
    readSubgraphs: () => state.list,
    node: false,
    transports,
    composer: {
      async compose(subgraphs: readonly SubgraphDefinition[], options?: CompositionOptions) {
        state.compositions += 1;
        return composeSupergraph(subgraphs, options);
      },
      close: async () => undefined,
    },
    log: createLog("debug", { write: (line: string) => logLines.push(JSON.parse(line)) }),
  });
  return { state, source, logLines };
}

const both = () => ({ "http://needs": "type Query { need: Int }", "http://funds": "type Query { fund: Int }" });

describe("createComposedSource()", () => {
  it("composes once for the same schemas, and again when one has changed", async () => {
    const { state, source } = setUp(both());
    const first = await source.load(OPTIONS);
    expect(first.subgraphs).toEqual([NEEDS, FUNDS]);
    expect(await source.load(OPTIONS)).toBe(first);
    expect(state.compositions).toBe(1);
    state.sdlAt["http://funds"] = "type Query { fund: Int balance: Int }";
    expect((await source.load(OPTIONS)).supergraphSdl).toContain("balance");
    expect(state.compositions).toBe(2);
  });

  it("lets what a subgraph said last stand while it is away, and says so once", async () => {
    const { state, source, logLines } = setUp(both());
    const first = await source.load(OPTIONS);
    state.sdlAt["http://needs"] = undefined;
    expect(await source.load(OPTIONS)).toBe(first);
    state.sdlAt["http://funds"] = "type Query { fund: Int balance: Int }";
    const { supergraphSdl } = await source.load(OPTIONS);
    expect(supergraphSdl).toContain("balance");
    expect(supergraphSdl).toContain("need:");
    expect(logLines).toMatchObject([{ level: "warn", subgraph: "needs" }]);
    state.sdlAt["http://needs"] = "type Query { need: Int }";
    await source.load(OPTIONS);
    state.sdlAt["http://needs"] = undefined;
    await source.load(OPTIONS);
    expect(logLines).toHaveLength(2);
  });

  it("refuses when one that never told its schema is away", async () => {
    const { source } = setUp({ ...both(), "http://funds": undefined });
    await expect(source.load(OPTIONS)).rejects.toThrow(/The subgraph funds does not answer/);
  });

  it("refuses schemas that do not compose, without trying again until one changes or it is asked to", async () => {
    const { state, source } = setUp(both());
    await source.load(OPTIONS);
    state.sdlAt["http://funds"] = "type Query { need: Int }";
    const failure = await source.load(OPTIONS).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StartError);
    expect(String(failure)).toMatch(/INVALID_FIELD_SHARING/);
    await expect(source.load(OPTIONS)).rejects.toBe(failure);
    expect(state.compositions).toBe(2);
    await expect(source.load({ ...OPTIONS, isAskedFor: true })).rejects.toThrow(/INVALID_FIELD_SHARING/);
    expect(state.compositions).toBe(3);
    state.sdlAt["http://funds"] = "type Query { fund: Int }";
    await source.load(OPTIONS);
    expect(state.compositions).toBe(4);
  });

  it("follows its list: subgraphs come, go and move", async () => {
    const { state, source } = setUp({ ...both(), "http://needs-2": "type Query { need: Int moved: Int }" });
    await source.load(OPTIONS);
    state.list = [{ name: "needs", url: "http://needs-2" }];
    const next = await source.load(OPTIONS);
    expect(next.supergraphSdl).toContain("moved");
    expect(next.supergraphSdl).not.toContain("fund");
    expect(state.closed.toSorted()).toEqual(["http://funds", "http://needs"]);
    await source.close();
    expect(state.closed).toContain("http://needs-2");
  });

  it("says nothing about the schemas when it is told to stop", async () => {
    const { source } = setUp(both());
    await expect(source.load({ ...OPTIONS, signal: AbortSignal.abort() })).rejects.toHaveProperty("name", "AbortError");
    expect((await source.load(OPTIONS)).subgraphs).toHaveLength(2);
  });
});
