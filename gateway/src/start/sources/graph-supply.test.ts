import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StartError } from "@alliance-hub/shared/server/start-error";
import { federationSdl } from "@alliance-hub/tests/kit/subgraph-server";
import { composeSupergraph } from "../../composition/compose-supergraph";
import { createLog } from "../../telemetry/log";
import { GraphSupply, type GraphSupplyOptions } from "./graph-supply";
import { LastKnownGood } from "./last-known-good";
import { GraphUnservable, type LoadOptions, type ServableGraph } from "./supergraph-source";

const URL_OF_NEEDS = "http://127.0.0.1:1/graphql";
const graphOf = (field: string): ServableGraph => {
  const sdl = federationSdl(`type Query { ${field}: Int }`);
  const { supergraphSdl = "" } = composeSupergraph([{ name: "needs", url: URL_OF_NEEDS, sdl }]);
  return { supergraphSdl, subgraphs: [{ name: "needs", url: URL_OF_NEEDS }] };
};
const A = graphOf("a");
const B = graphOf("b");

let folder: string;
let supply: GraphSupply | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "graph-supply-"));
});
afterEach(async () => {
  await supply?.close();
  supply = undefined;
  rmSync(folder, { recursive: true });
});

/** A source and a server of graphs that do as they are told. */
function setUp(more: Partial<GraphSupplyOptions> = {}) {
  const logLines: Record<string, unknown>[] = [];
  const log = createLog("debug", { write: (line: string) => logLines.push(JSON.parse(line)) });
  const state = {
    now: A as ServableGraph | Error,
    loads: [] as LoadOptions[],
    served: [] as ServableGraph[],
    refuse: undefined as Error | undefined,
    isClosed: false,
  };
  const options: GraphSupplyOptions = {
    source: {
      name: "test",
      async load(loadOptions) {
        state.loads.push(loadOptions);
        if (state.now instanceof Error) {
          throw state.now;
        }
        return state.now;
      },
      async close() {
        state.isClosed = true;
      },
    },
    async serve(graph) {
      if (state.refuse !== undefined) {
        throw state.refuse;
      }
      state.served.push(graph);
    },
    pollMs: 0,
    startupTimeoutMs: 5,
    log,
    signal: new AbortController().signal,
    ...more,
  };
  const start = async () => {
    supply = await GraphSupply.start(options);
    return supply;
  };
  const messages = () => logLines.map(({ msg }) => msg);
  const until = async (isDone: () => boolean) => {
    while (!isDone()) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  };
  /** Until the source was looked at once more, and what came of it has been done: the next look waits for that. */
  const look = async (trigger: () => void = () => supply?.reload()) => {
    const loads = state.loads.length;
    trigger();
    await until(() => state.loads.length > loads);
    if (more.pollMs === undefined || more.pollMs === 0) {
      supply?.reload();
    }
    await until(() => state.loads.length > loads + 1);
  };
  return { state, start, log, logLines, messages, look };
}

const keep = (log: LastKnownGood["log"]) => new LastKnownGood(folder, log);

describe("GraphSupply", () => {
  it("serves the first graph and each that differs from it, when it is asked to look", async () => {
    const { state, start, look, messages } = setUp();
    await start();
    expect(state.loads).toMatchObject([{ timeoutMs: 5 }]);
    await look();
    expect(messages()[0]).toBe("the schema is the one that is served already");
    state.now = B;
    await look();
    expect(state.served).toEqual([A, B]);
    expect(state.loads.at(-1)).toMatchObject({ timeoutMs: 0, isAskedFor: true });
    state.now = { ...B, subgraphs: [{ name: "needs", url: "http://elsewhere" }] };
    await look();
    expect(state.served).toHaveLength(3);
  });

  it("looks by itself, too", async () => {
    const { state, start, look } = setUp({ pollMs: 1 });
    await start();
    await look(() => {
      state.now = B;
    });
    expect(state.served).toEqual([A, B]);
    expect(state.loads.at(-1)).toMatchObject({ isAskedFor: false });
  });

  it("goes on with the old graph when the source has none, and says so once", async () => {
    const { state, start, look, logLines, messages } = setUp({ pollMs: 1 });
    await start();
    state.now = new StartError("needs does not answer");
    await look(() => undefined);
    await look(() => undefined);
    expect(logLines).toMatchObject(
      [{ level: "error", reason: "needs does not answer", msg: /the one before is served/ }].map((line) => ({
        ...line,
        msg: expect.stringMatching(line.msg),
      })),
    );
    state.now = A;
    await look(() => undefined);
    expect(messages().at(-1)).toBe("the present schema is served");
    expect(state.served).toEqual([A]);
  });

  it("does not try again what cannot be served until it changes or is asked for", async () => {
    const { state, start, look, messages } = setUp({ pollMs: 1 });
    await start();
    state.now = B;
    state.refuse = new GraphUnservable("the planner does not take it");
    await look(() => undefined);
    state.refuse = undefined;
    await look(() => undefined);
    expect(state.served).toEqual([A]);
    expect(messages()).toHaveLength(1);
    await look();
    expect(state.served).toEqual([A, B]);
  });

  it("tries again what failed for another reason", async () => {
    const { state, start, look } = setUp({ pollMs: 1 });
    await start();
    state.now = B;
    state.refuse = new StartError("a worker did not answer");
    await look(() => undefined);
    state.refuse = undefined;
    await look(() => undefined);
    expect(state.served).toEqual([A, B]);
  });

  it("closes the source when there is no first graph", async () => {
    const { state, start } = setUp();
    state.now = new StartError("needs does not answer");
    await expect(start()).rejects.toThrow("needs does not answer");
    expect(state.isClosed).toBe(true);
  });

  it("starts with the last known good graph, says so loudly, and goes on trying", async () => {
    const first = setUp();
    const kept = setUp({ lastKnownGood: keep(first.log) });
    await kept.start();
    await supply?.close();
    const { state, start, logLines, messages, look } = setUp({ lastKnownGood: keep(first.log), pollMs: 0 });
    state.now = new StartError("needs does not answer");
    await start();
    expect(state.served).toEqual([A]);
    expect(logLines).toMatchObject([{ level: "error", reason: "needs does not answer", savedAt: expect.any(String) }]);
    expect(messages()[0]).toMatch(/THERE IS NO PRESENT SCHEMA/);
    state.now = { ...A };
    await look();
    expect(state.served).toEqual([A]);
    expect(messages().slice(1, 3)).toEqual([
      "the present schema is served",
      "the schema is the one that is served already",
    ]);
  });

  it("starts with it when the present graph cannot be served, but not when something else is wrong", async () => {
    const { log } = setUp();
    await setUp({ lastKnownGood: keep(log) }).start();
    await supply?.close();
    for (const [error, isServed] of [
      [new GraphUnservable("the planner does not take it"), true],
      [new StartError("Port 80 is in use"), false],
    ] as const) {
      let served = 0;
      const { state, start } = setUp({
        lastKnownGood: keep(log),
        serve: async () => {
          served += 1;
          if (served === 1) {
            throw error;
          }
        },
      });
      state.now = B;
      const started = start();
      await (isServed ? started : expect(started).rejects.toThrow("Port 80"));
      expect(served).toBe(isServed ? 2 : 1);
    }
  });

  it("keeps nothing that was not served", async () => {
    const { log } = setUp();
    const { state, start } = setUp({ lastKnownGood: keep(log) });
    state.refuse = new GraphUnservable("the planner does not take it");
    await expect(start()).rejects.toThrow("the planner does not take it");
    expect(existsSync(join(folder, "last-known-good.json"))).toBe(false);
  });

  it("does not start with yesterday's graph when it is told to stop", async () => {
    const { log } = setUp();
    await setUp({ lastKnownGood: keep(log) }).start();
    await supply?.close();
    const { state, start } = setUp({ lastKnownGood: keep(log), signal: AbortSignal.abort() });
    state.now = new StartError("Stopped before it was done.");
    await expect(start()).rejects.toThrow("Stopped");
  });
});
