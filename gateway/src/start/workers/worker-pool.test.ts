import { StartError } from "@alliance-hub/shared/server/start-error";
import { createLog } from "../../telemetry/log";
import { GraphUnservable, type ServableGraph } from "../sources/supergraph-source";
import type { FromWorker, ToWorker } from "./worker-messages";
import { WorkerPool } from "./worker-pool";
import type { WorkerProcess } from "./worker-process";

const graphOf = (supergraphSdl: string): ServableGraph => ({ supergraphSdl, subgraphs: [] });
const A = graphOf("a");
const B = graphOf("b");
const until = async (isDone: () => boolean) => {
  while (!isDone()) {
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
};

class FakeWorker implements WorkerProcess {
  readonly pid = 1;
  readonly heard: ToWorker[] = [];
  readonly ended: WorkerProcess["ended"];
  end: (how: string, isOrderly?: boolean) => void = () => undefined;
  say: (message: unknown) => void = () => undefined;

  constructor(readonly answer: (message: ToWorker, worker: FakeWorker) => FromWorker | undefined) {
    this.ended = new Promise((resolve) => {
      this.end = (how, isOrderly = false) => resolve({ how, isOrderly });
    });
  }

  onMessage(take: (message: unknown) => void): void {
    this.say = take;
    setImmediate(() => take({ kind: "up" }));
  }

  send(message: ToWorker): void {
    this.heard.push(message);
    const answer = this.answer(message, this);
    if (answer !== undefined) {
      setImmediate(() => this.say(answer));
    }
  }

  kill(): void {
    this.end("SIGKILL");
  }

  get graphs(): string[] {
    return this.heard.flatMap((message) => (message.kind === "stop" ? [] : [message.graph.supergraphSdl]));
  }
}

/** A worker as it should be. */
function obey(message: ToWorker, worker: FakeWorker): FromWorker | undefined {
  if (message.kind === "stop") {
    worker.end("exit code 0", true);
    return undefined;
  }
  return message.kind === "start" ? { kind: "ready", port: message.port || 4_321 } : { kind: "served" };
}

let pool: WorkerPool | undefined;
afterEach(async () => {
  await pool?.close();
  pool = undefined;
});

function setUp({ count = 2, port = 0, answerTimeoutMs = 60_000 } = {}) {
  const workers: FakeWorker[] = [];
  const logLines: Record<string, unknown>[] = [];
  const state = { answer: obey };
  const opened = new WorkerPool({
    count,
    port,
    startWorker: () => {
      const worker = new FakeWorker((message, self) => state.answer(message, self));
      workers.push(worker);
      return worker;
    },
    shutdownTimeoutMs: 0,
    answerTimeoutMs,
    log: createLog("debug", { write: (line: string) => logLines.push(JSON.parse(line)) }),
  });
  pool = opened;
  return { pool: opened, workers, logLines, state };
}

describe("WorkerPool", () => {
  it("starts all with the first graph, on the port that the first one got, and stops all", async () => {
    const { pool, workers, logLines } = setUp({ count: 3 });
    await pool.serve(A);
    expect(pool.port).toBe(4_321);
    expect(workers.map(({ graphs }) => graphs)).toEqual([["a"], ["a"], ["a"]]);
    // To the cluster, 0 is the port that was chosen for the first who asked for 0.
    expect(workers.map(({ heard }) => heard[0])).toMatchObject([
      { worker: 1, port: 0 },
      { worker: 2, port: 0 },
      { worker: 3, port: 0 },
    ]);
    expect(logLines.map(({ msg }) => msg)).toEqual(Array(3).fill("a worker is ready"));
    await pool.close();
    expect(workers.map(({ heard }) => heard.at(-1)?.kind)).toEqual(["stop", "stop", "stop"]);
  });

  it.each([
    ["Port 80 is in use.", false, StartError],
    ["The planner does not take it.", true, GraphUnservable],
  ])("says why the first cannot start (%s), and can be tried again", async (message, isUnservable, kind) => {
    const { pool, workers, state } = setUp();
    state.answer = () => ({ kind: "failed", message, isUnservable });
    const failure = await pool.serve(A).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(kind);
    expect(failure).toHaveProperty("message", message);
    expect(workers).toHaveLength(1);
    state.answer = obey;
    await pool.serve(B);
    expect(workers.slice(1).map(({ graphs }) => graphs)).toEqual([["b"], ["b"]]);
  });

  it("has the first worker try a new graph, then the others take it", async () => {
    const { pool, workers, state } = setUp({ count: 3 });
    await pool.serve(A);
    state.answer = (message, worker) =>
      worker === workers[0] && message.kind === "serve"
        ? { kind: "failed", message: "The planner does not take it.", isUnservable: true }
        : obey(message, worker);
    await expect(pool.serve(B)).rejects.toThrow(GraphUnservable);
    expect(workers.map(({ graphs }) => graphs.at(-1))).toEqual(["b", "a", "a"]);
    state.answer = obey;
    await pool.serve(B);
    expect(workers.map(({ graphs }) => graphs.at(-1))).toEqual(["b", "b", "b"]);
  });

  it("replaces a worker that ends, with the graph of the others", async () => {
    const { pool, workers, logLines } = setUp();
    await pool.serve(A);
    await pool.serve(B);
    workers[1]?.end("SIGKILL");
    await until(() => logLines.filter(({ msg }) => msg === "a worker is ready").length === 3);
    expect(workers[2]?.heard).toMatchObject([{ kind: "start", worker: 2, port: 0, graph: B }]);
    expect(logLines).toContainEqual(
      expect.objectContaining({ level: "error", worker: 2, how: "SIGKILL", msg: "a worker has ended" }),
    );
  });

  it("asks for the same port again when all have ended", async () => {
    const { pool, workers } = setUp({ count: 1 });
    await pool.serve(A);
    workers[0]?.end("exit code 1");
    await until(() => workers.length === 2 && workers[1]?.heard.length === 1);
    expect(workers[1]?.heard).toMatchObject([{ kind: "start", port: 4_321 }]);
  });

  it("replaces a worker that does not take the graph which the first took", async () => {
    const { pool, workers, state, logLines } = setUp();
    await pool.serve(A);
    state.answer = (message, worker) =>
      worker === workers[1] && message.kind === "serve"
        ? { kind: "failed", message: "no memory", isUnservable: false }
        : obey(message, worker);
    await pool.serve(B);
    await until(() => logLines.filter(({ msg }) => msg === "a worker is ready").length === 3);
    expect(workers[2]?.graphs).toEqual(["b"]);
  });

  it("brings a worker up to date that started while the graph changed", async () => {
    const { pool, workers, state, logLines } = setUp();
    await pool.serve(A);
    state.answer = (message, worker) => (worker === workers[2] ? undefined : obey(message, worker));
    workers[1]?.end("SIGKILL");
    await until(() => workers[2]?.heard.length === 1);
    await pool.serve(B);
    state.answer = obey;
    workers[2]?.say({ kind: "ready", port: 4_321 });
    await until(() => workers[2]?.graphs.at(-1) === "b");
    expect(workers[2]?.graphs).toEqual(["a", "b"]);
    expect(logLines).not.toContainEqual(expect.objectContaining({ msg: "a worker did not take the new schema" }));
  });

  it.each<[string, FakeWorker["answer"]]>([
    ["ends", (message, worker) => (message.kind === "serve" ? void worker.end("SIGABRT") : obey(message, worker))],
    ["says nothing", (message, worker) => (message.kind === "serve" ? undefined : obey(message, worker))],
    [
      "says what is not understood",
      (message, worker) => {
        if (message.kind === "serve") {
          setImmediate(() => worker.say({ kind: "nonsense" }));
          return undefined;
        }
        return obey(message, worker);
      },
    ],
  ])("keeps the old graph when the worker that tries the new one %s", async (_what, answer) => {
    const { pool, workers, state } = setUp({ answerTimeoutMs: 20 });
    await pool.serve(A);
    state.answer = answer;
    const failure = await pool.serve(B).catch((error: unknown) => error);
    // Not the graph's fault for certain: it is tried again.
    expect(failure).toBeInstanceOf(StartError);
    expect(failure).not.toBeInstanceOf(GraphUnservable);
    expect(workers[1]?.graphs).toEqual(["a"]);
  });

  it("gives up when workers end before they can answer, one after the other", async () => {
    const { pool, workers, state } = setUp();
    await pool.serve(A);
    state.answer = (_message, worker) => void worker.end("exit code 1");
    workers[0]?.end("SIGKILL");
    expect(await pool.failed).toMatch(/end before they can answer/);
    // The first that could answer, and five that could not.
    expect(workers).toHaveLength(2 + 5);
  });
});
