import { StartError } from "@alliance-hub/shared/server/start-error";
import type { Logger } from "pino";
import type { LastKnownGood } from "./last-known-good";
import { Pause } from "./pause";
import { GraphUnservable, isSameGraph, type ServableGraph, type SupergraphSource } from "./supergraph-source";

export interface GraphSupplyOptions {
  readonly source: SupergraphSource;
  /**
   * Serves the graph from now on.
   * @throws GraphUnservable when it cannot be; what was served before still is then
   */
  readonly serve: (graph: ServableGraph) => Promise<void>;
  /** Where the graph is kept for a start without its subgraphs. */
  readonly lastKnownGood?: LastKnownGood;
  /** Between two looks at the source; 0 for none but those that are asked for. */
  readonly pollMs: number;
  /** How long the first graph is waited for. */
  readonly startupTimeoutMs: number;
  readonly log: Logger;
  /** Aborted when the process is told to stop before there is a first graph. */
  readonly signal: AbortSignal;
}

/** A graph of yesterday is not left standing, whatever the operator chose. */
const RETRY_MS = 10_000;

/** Brings what a source has to whoever serves it: the first graph, and from then on each that differs from it. */
export class GraphSupply {
  readonly #options: GraphSupplyOptions;
  readonly #stopping = new AbortController();
  readonly #pause = new Pause();
  #served: ServableGraph | undefined;
  /** Whether the source itself gave what is served. */
  #isCurrent = false;
  /** What could not be served: not tried again until it changes. */
  #refused: { readonly graph: ServableGraph; readonly error: GraphUnservable } | undefined;
  #problem: string | undefined;
  #isAskedFor = false;
  #watching: Promise<void> = Promise.resolve();

  private constructor(options: GraphSupplyOptions) {
    this.#options = options;
  }

  /** The first graph, or else the last known good one; then the source is watched. @throws StartError the signal's reason */
  static async start(options: GraphSupplyOptions): Promise<GraphSupply> {
    const supply = new GraphSupply(options);
    try {
      await supply.#serveFirst();
    } catch (error) {
      await options.source.close();
      throw error;
    }
    supply.#watching = supply.#watch();
    return supply;
  }

  /** Looks at the source now, and tells in the log what came of it. */
  reload(): void {
    this.#isAskedFor = true;
    this.#pause.end();
  }

  async close(): Promise<void> {
    this.#stopping.abort(new StartError("Stopped."));
    this.#pause.end();
    // First, because it ends what the source is doing.
    await this.#options.source.close();
    await this.#watching;
  }

  async #serveFirst(): Promise<void> {
    const { source, serve, startupTimeoutMs: timeoutMs, signal } = this.#options;
    let graph: ServableGraph;
    try {
      graph = await source.load({ timeoutMs, signal });
    } catch (error) {
      return this.#serveLastKnownGood(error);
    }
    try {
      await serve(graph);
    } catch (error) {
      if (error instanceof GraphUnservable) {
        return this.#serveLastKnownGood(error);
      }
      throw error;
    }
    await this.#accept(graph);
  }

  /** @throws the cause where there is none, or where it is no matter of the graph */
  async #serveLastKnownGood(cause: unknown): Promise<void> {
    const { source, serve, lastKnownGood, signal, log } = this.#options;
    if (signal.aborted || !(cause instanceof StartError)) {
      throw cause;
    }
    const recalled = lastKnownGood?.read(source);
    if (recalled === undefined) {
      throw cause;
    }
    const { graph, savedAt } = recalled;
    log.error(
      { reason: cause.message, savedAt },
      "THERE IS NO PRESENT SCHEMA: the last known good one is served, and the present one is tried again",
    );
    await serve(graph);
    this.#served = graph;
    this.#problem = cause.message;
  }

  async #watch(): Promise<void> {
    const { signal } = this.#stopping;
    for (;;) {
      await this.#pause.wait(this.#isCurrent ? this.#options.pollMs : this.#options.pollMs || RETRY_MS);
      if (signal.aborted) {
        return;
      }
      const isAskedFor = this.#isAskedFor;
      this.#isAskedFor = false;
      try {
        await this.#look(isAskedFor);
      } catch (error) {
        if (signal.aborted) {
          return;
        }
        this.#tellProblem(error, isAskedFor);
      }
    }
  }

  async #look(isAskedFor: boolean): Promise<void> {
    const { source, serve, log } = this.#options;
    const graph = await source.load({ timeoutMs: 0, signal: this.#stopping.signal, isAskedFor });
    if (this.#served !== undefined && isSameGraph(graph, this.#served)) {
      await this.#accept(graph);
      if (isAskedFor) {
        log.info("the schema is the one that is served already");
      }
      return;
    }
    if (graph === this.#refused?.graph && !isAskedFor) {
      throw this.#refused.error;
    }
    try {
      await serve(graph);
    } catch (error) {
      this.#refused = error instanceof GraphUnservable ? { graph, error } : undefined;
      throw error;
    }
    await this.#accept(graph);
  }

  async #accept(graph: ServableGraph): Promise<void> {
    const { lastKnownGood, source, log } = this.#options;
    const isNew = this.#served !== graph || !this.#isCurrent;
    this.#served = graph;
    this.#isCurrent = true;
    this.#refused = undefined;
    if (this.#problem !== undefined) {
      this.#problem = undefined;
      log.info("the present schema is served");
    }
    if (isNew) {
      await lastKnownGood?.write(source, graph);
    }
  }

  /** Once for the same words, or the log would fill with them. */
  #tellProblem(error: unknown, isAskedFor: boolean): void {
    const reason = error instanceof Error ? error.message : String(error);
    if (reason === this.#problem && !isAskedFor) {
      return;
    }
    this.#problem = reason;
    const known = error instanceof StartError;
    this.#options.log.error(known ? { reason } : { err: error }, "no new schema: the one before is served still");
  }
}
