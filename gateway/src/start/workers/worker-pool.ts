import { setTimeout as sleep } from "node:timers/promises";
import { StartError } from "@alliance-hub/shared/server/start-error";
import type { Logger } from "pino";
import type { ServableGraph } from "../sources/supergraph-source";
import { RestartPolicy } from "./restart-policy";
import type { WorkerProcess } from "./worker-process";
import { WorkerSlot } from "./worker-slot";

export interface WorkerPoolOptions {
  readonly count: number;
  /** 0 for any free one, the same for all. */
  readonly port: number;
  readonly startWorker: () => WorkerProcess;
  /** What running requests get when the pool is closed. */
  readonly shutdownTimeoutMs: number;
  /** What a worker may take to start, or to take another graph. */
  readonly answerTimeoutMs?: number;
  readonly log: Logger;
}

const ANSWER_TIMEOUT_MS = 120_000;
const SHUTDOWN_MARGIN_MS = 5_000;

/** Workers that answer by one graph. One that ends is replaced; one graph takes the place of another in one worker after the other. */
export class WorkerPool {
  /** Resolves, with the reason, when workers cannot be kept up. */
  readonly failed: Promise<string>;
  readonly #options: WorkerPoolOptions;
  readonly #policy = new RestartPolicy();
  readonly #closing = new AbortController();
  /** By number, from 1. */
  readonly #slots = new Map<number, WorkerSlot>();
  readonly #ends = new Set<Promise<unknown>>();
  #graph: ServableGraph | undefined;
  #port: number;
  /** What the next worker asks for. To the cluster, who asks for 0 shares the port that was chosen for the first. */
  #askedPort: number;
  #fail: (reason: string) => void = () => undefined;

  constructor(options: WorkerPoolOptions) {
    this.#options = options;
    this.#port = options.port;
    this.#askedPort = options.port;
    this.failed = new Promise((resolve) => {
      this.#fail = resolve;
    });
  }

  /** That the workers listen on; the one that was asked for before they do. */
  get port(): number {
    return this.#port;
  }

  /**
   * Starts the workers with the first graph, and has them take each later one. The first worker tries it for all.
   * @throws StartError GraphUnservable; what was served before still is then
   */
  serve(graph: ServableGraph): Promise<void> {
    return this.#graph === undefined ? this.#startAll(graph) : this.#replace(graph);
  }

  /** Every worker finishes what it runs, and ends. */
  async close(): Promise<void> {
    this.#closing.abort();
    for (const { process } of this.#slots.values()) {
      process.send({ kind: "stop" });
    }
    const limit = setTimeout(() => this.#killAll(), this.#options.shutdownTimeoutMs + SHUTDOWN_MARGIN_MS);
    await Promise.all(this.#ends);
    clearTimeout(limit);
  }

  async #startAll(graph: ServableGraph): Promise<void> {
    try {
      // The first alone: it chooses the port, and what is wrong is said once.
      this.#port = await this.#open(1, graph).start(this.#askedPort);
      const others = Array.from({ length: this.#options.count - 1 }, (_, at) => this.#open(at + 2, graph));
      await Promise.all(others.map((slot) => slot.start(this.#askedPort)));
    } catch (error) {
      this.#killAll();
      this.#slots.clear();
      await Promise.all(this.#ends);
      throw error;
    }
    this.#graph = graph;
    for (const slot of this.#slots.values()) {
      this.#tellReady(slot);
      void this.#replaceWhenEnded(slot);
    }
  }

  async #replace(graph: ServableGraph): Promise<void> {
    const first = this.#findReady();
    if (first === undefined) {
      throw new StartError("No worker is up to take the new schema.");
    }
    await first.serve(graph);
    // From here on workers that start do so with the new one.
    this.#graph = graph;
    for (const slot of [...this.#slots.values()]) {
      await this.#bringUpToDate(slot);
    }
  }

  /** A worker that cannot follow the others is replaced by one that begins there. */
  async #bringUpToDate(slot: WorkerSlot): Promise<void> {
    const graph = this.#graph;
    if (graph === undefined || !slot.isReady) {
      return;
    }
    try {
      await slot.serve(graph);
    } catch (error) {
      this.#options.log.error({ worker: slot.number, err: error }, "a worker did not take the new schema");
      slot.process.kill();
    }
  }

  #open(number: number, graph: ServableGraph): WorkerSlot {
    const { startWorker, answerTimeoutMs = ANSWER_TIMEOUT_MS } = this.#options;
    const slot = new WorkerSlot(number, startWorker(), graph, answerTimeoutMs);
    this.#slots.set(number, slot);
    const end: Promise<unknown> = slot.process.ended.then(() => this.#ends.delete(end));
    this.#ends.add(end);
    return slot;
  }

  async #replaceWhenEnded({ number, process, readySinceMs }: WorkerSlot): Promise<void> {
    const { log } = this.#options;
    const { how, isOrderly } = await process.ended;
    if (this.#closing.signal.aborted) {
      return;
    }
    log[isOrderly ? "info" : "error"]({ worker: number, pid: process.pid, how }, "a worker has ended");
    let readyForMs = readySinceMs === undefined ? undefined : performance.now() - readySinceMs;
    for (;;) {
      const pauseMs = this.#policy.noteEnd(readyForMs);
      if (pauseMs === undefined) {
        this.#fail("The workers end before they can answer, one after the other. The log says why.");
        return;
      }
      await sleep(pauseMs, undefined, { signal: this.#closing.signal }).catch(() => undefined);
      if (this.#closing.signal.aborted || (await this.#restart(number))) {
        return;
      }
      readyForMs = undefined;
    }
  }

  /** Whether it is up. */
  async #restart(number: number): Promise<boolean> {
    const graph = this.#graph;
    if (graph === undefined) {
      return false;
    }
    if (this.#findReady() === undefined) {
      // The port was let go with the last worker: 0 would be another one now.
      this.#askedPort = this.#port;
    }
    const slot = this.#open(number, graph);
    try {
      await slot.start(this.#askedPort);
    } catch (error) {
      slot.process.kill();
      await slot.process.ended;
      if (!this.#closing.signal.aborted) {
        this.#options.log.error({ worker: number, err: error }, "a worker did not start");
      }
      return false;
    }
    this.#policy.noteReady();
    this.#tellReady(slot);
    void this.#replaceWhenEnded(slot);
    // The graph may have changed while it started.
    await this.#bringUpToDate(slot);
    return true;
  }

  #findReady(): WorkerSlot | undefined {
    return [...this.#slots.values()].find(({ isReady }) => isReady);
  }

  #tellReady({ number, process: { pid } }: WorkerSlot): void {
    this.#options.log.info({ worker: number, pid }, "a worker is ready");
  }

  #killAll(): void {
    for (const { process } of this.#slots.values()) {
      process.kill();
    }
  }
}
