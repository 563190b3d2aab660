import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { CompositionOptions, CompositionOutcome, SubgraphDefinition } from "./compose-supergraph";
import type { CompositionRequest } from "./composition-request";

export interface ComposerLimits {
  /** One composition, waiting for others not included. */
  readonly timeLimitMs: number;
  /** Heap of the thread, in MiB. */
  readonly memoryLimitMb: number;
}

/** Composes beside the event loop, so that no member's schema can stop or exhaust the process. */
export interface Composer {
  /**
   * Like `composeSupergraph()`. What goes over a limit is an error of code `COMPOSITION_LIMIT_EXCEEDED`. Never rejects.
   * Compositions wait for each other: one thread, and the machine's other cores stay free.
   */
  compose(subgraphs: readonly SubgraphDefinition[], options?: CompositionOptions): Promise<CompositionOutcome>;
  /** Ends the thread. A composition under way ends with an error. */
  close(): Promise<void>;
}

/**
 * Room for what lives for one composition only. With V8's 48 MiB a fifth of the time goes to moving it about; more than
 * this gains nothing.
 */
const YOUNG_GENERATION_MB = 192;

const DEFAULT_LIMITS: ComposerLimits = { timeLimitMs: 30_000, memoryLimitMb: 1024 };

// Threads run compiled code, also where the sources run as they are (tests). From src/ and dist/ alike.
const WORKER_FILE = join(__dirname, "../../dist/composition/composer-worker.js");

/**
 * The thread starts with the first composition and is kept, with what it has learnt of each subgraph: the second one is several
 * times faster.
 */
export function createComposer(limits: Partial<ComposerLimits> = {}): Composer {
  return new ThreadComposer({ ...DEFAULT_LIMITS, ...limits });
}

class ThreadComposer implements Composer {
  readonly #limits: ComposerLimits;
  #worker: Worker | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  constructor(limits: ComposerLimits) {
    this.#limits = limits;
  }

  compose(subgraphs: readonly SubgraphDefinition[], options: CompositionOptions = {}): Promise<CompositionOutcome> {
    const outcome = this.#last.then(() => this.#run({ subgraphs, options }));
    this.#last = outcome;
    return outcome;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#worker?.terminate();
  }

  #run(request: CompositionRequest): Promise<CompositionOutcome> {
    if (this.#isClosed) {
      return Promise.resolve(fail("COMPOSITION_FAILED", "The composer is closed."));
    }
    const { timeLimitMs, memoryLimitMb } = this.#limits;
    const worker = this.#worker ?? this.#start();
    return new Promise((resolve) => {
      const end = (outcome: CompositionOutcome, isThreadUsable: boolean): void => {
        clearTimeout(timer);
        worker.off("message", takeOutcome).off("error", takeError).off("exit", takeExit);
        worker.unref();
        if (!isThreadUsable) {
          this.#worker = undefined;
          // An error that comes while the thread ends has nobody left to tell; unheard, it would end the process.
          worker.on("error", () => undefined);
          void worker.terminate();
        }
        resolve(outcome);
      };
      const takeOutcome = (outcome: CompositionOutcome): void => end(outcome, true);
      const takeError = (error: NodeJS.ErrnoException): void => {
        const isMemory = error.code === "ERR_WORKER_OUT_OF_MEMORY";
        end(isMemory ? exceed(request, `${memoryLimitMb} MiB`) : fail("COMPOSITION_FAILED", error.message), false);
      };
      const takeExit = (): void => end(fail("COMPOSITION_FAILED", "The composer was closed while it composed."), false);
      const timer = setTimeout(() => end(exceed(request, `${timeLimitMs / 1000} s`), false), timeLimitMs);
      worker.on("message", takeOutcome).on("error", takeError).on("exit", takeExit);
      worker.ref();
      worker.postMessage(request);
    });
  }

  #start(): Worker {
    this.#worker = new Worker(WORKER_FILE, {
      resourceLimits: {
        maxOldGenerationSizeMb: this.#limits.memoryLimitMb,
        maxYoungGenerationSizeMb: YOUNG_GENERATION_MB,
      },
      // What the library prints to the console is no log line of ours.
      stdout: true,
      stderr: true,
    });
    return this.#worker;
  }
}

function fail(code: string, message: string): CompositionOutcome {
  return { errors: [{ code, message }] };
}

function exceed({ subgraphs }: CompositionRequest, limit: string): CompositionOutcome {
  const what = subgraphs.length === 1 ? "1 subgraph" : `${subgraphs.length} subgraphs`;
  return fail("COMPOSITION_LIMIT_EXCEEDED", `Composing ${what} took more than ${limit}.`);
}
