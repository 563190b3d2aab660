import { StartError } from "@alliance-hub/shared/server/start-error";
import { GraphUnservable, type ServableGraph } from "../sources/supergraph-source";
import { FROM_WORKER, type FromWorker } from "./worker-messages";
import type { WorkerProcess } from "./worker-process";

interface Waiting {
  readonly resolve: (message: FromWorker) => void;
  readonly reject: (error: Error) => void;
}

/** One worker from its start to its end: what it was told, and what it says to it. */
export class WorkerSlot {
  /** What it answers by. */
  graph: ServableGraph;
  /** When it could answer first; undefined before. */
  readySinceMs: number | undefined;
  #waiting: Waiting | undefined;
  #last: Promise<void> = Promise.resolve();
  #hasEnded = false;

  constructor(
    readonly number: number,
    readonly process: WorkerProcess,
    graph: ServableGraph,
    readonly timeoutMs: number,
  ) {
    this.graph = graph;
    process.onMessage((message) => this.#take(message));
    void process.ended.then(({ how }) => {
      this.#hasEnded = true;
      this.#waiting?.reject(new StartError(`Worker ${number} ended (${how}).`));
    });
  }

  get isReady(): boolean {
    return this.readySinceMs !== undefined && !this.#hasEnded;
  }

  /** @returns the port that it listens on. @throws StartError GraphUnservable */
  async start(port: number): Promise<number> {
    const { number: worker, graph } = this;
    // What is sent before it listens may be lost: the cluster module listens before the program does.
    const hello = await this.#await();
    if (hello.kind !== "up") {
      throw this.#explain(hello);
    }
    const answer = this.#await();
    this.process.send({ kind: "start", worker, port, graph });
    const message = await answer;
    if (message.kind !== "ready") {
      throw this.#explain(message);
    }
    this.readySinceMs = performance.now();
    return message.port;
  }

  /** One after the other. @throws StartError GraphUnservable; it answers by the old graph then */
  serve(graph: ServableGraph): Promise<void> {
    const served = this.#last.then(() => this.#serve(graph));
    this.#last = served.catch(() => undefined);
    return served;
  }

  async #serve(graph: ServableGraph): Promise<void> {
    if (this.graph === graph) {
      return;
    }
    const answer = this.#await();
    this.process.send({ kind: "serve", graph });
    const message = await answer;
    if (message.kind !== "served") {
      throw this.#explain(message);
    }
    this.graph = graph;
  }

  async #await(): Promise<FromWorker> {
    if (this.#hasEnded) {
      throw new StartError(`Worker ${this.number} ended.`);
    }
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise<FromWorker>((resolve, reject) => {
        this.#waiting = { resolve, reject };
        timer = setTimeout(() => {
          this.process.kill();
          reject(new StartError(`Worker ${this.number} did not take the schema within ${this.timeoutMs} ms.`));
        }, this.timeoutMs);
      });
    } finally {
      clearTimeout(timer);
      this.#waiting = undefined;
    }
  }

  #take(message: unknown): void {
    const outcome = FROM_WORKER.safeParse(message);
    if (outcome.success) {
      this.#waiting?.resolve(outcome.data);
    } else {
      this.#waiting?.reject(new StartError(`Worker ${this.number} says what is not understood.`));
    }
  }

  #explain(message: FromWorker): StartError {
    if (message.kind !== "failed") {
      return new StartError(`Worker ${this.number} says what was not asked.`);
    }
    return message.isUnservable ? new GraphUnservable(message.message) : new StartError(message.message);
  }
}
