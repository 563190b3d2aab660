import type { SubgraphResponse, SubgraphTransport } from "../egress/subgraph-transport";
import type { EndSignal } from "../request/end-signal";
import { answerFromKept } from "./answer-from-kept";
import { type BatchLimits, batchEntities } from "./batch-entities";
import { Flights, type FlightsOptions } from "./flights";
import { keepAnswers } from "./keep-answers";
import { type KeepOptions, KeptAnswers } from "./kept-answers";
import { shareFetches } from "./share-fetches";
import { type OperationAnswer, type OperationAsker, OperationFlights } from "./share-operations";

/** What requests of one authorisation class may share, each to be switched off by itself. */
export interface SharingOptions {
  /** Whole operations that are the same and under way. */
  readonly requests: boolean;
  /** Requests to one instance that are the same and under way. */
  readonly fetches: boolean;
  /** Requests for entities that arrive together and differ only in which entities they are about. */
  readonly entities: boolean;
  /** What instances let be kept for a while. */
  readonly hints: boolean;
  readonly flights: FlightsOptions;
  readonly batches: BatchLimits;
  /** `maxBytes` is for all subgraphs together, each of which has its part: none can drive out what others let be kept. */
  readonly keep: KeepOptions;
}

/** As long as nearly every answer takes, and short enough that nobody minds an answer that is as old. */
const JOIN_MS = 100;

const DEFAULT_FLIGHTS: FlightsOptions = {
  joinMs: JOIN_MS,
  patienceMs: JOIN_MS,
  clock: () => performance.now(),
  schedule(callback, delayMs) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};

const DEFAULT_BATCHES: BatchLimits = {
  maxRequests: 100,
  maxRepresentations: 500,
  maxCharacters: 64_000,
  pauseMs: 1_000,
};

/** Off by an option of its own, on by default: nothing is shared by a request that does not say its authorisation class. */
export const DEFAULT_SHARING: SharingOptions = {
  requests: true,
  fetches: true,
  entities: true,
  hints: true,
  flights: DEFAULT_FLIGHTS,
  batches: DEFAULT_BATCHES,
  keep: { maxBytes: 16 * 1024 * 1024, maxAgeMs: 300_000, clock: () => performance.now() },
};

/** What the requests to one supergraph share. */
export class Sharing<Answer> {
  readonly #options: SharingOptions;
  readonly #operations: OperationFlights<Answer>;
  readonly #fetches: Flights<SubgraphResponse>[] = [];
  #executing = 0;

  constructor(options: Partial<SharingOptions> = {}) {
    this.#options = { ...DEFAULT_SHARING, ...options };
    this.#operations = new OperationFlights(this.#options.flights);
  }

  /**
   * Executes an operation, or waits for one that is the same.
   * @param execute told the authorisation class for its fetches, if they may be shared
   */
  run(
    asker: OperationAsker,
    execute: (signal: EndSignal, authorizationClass: string | undefined) => Promise<Answer>,
  ): Promise<OperationAnswer<Answer>> {
    const { operationKind, authorizationClass, requestId: executedFor, signal } = asker;
    const counted = async (end: EndSignal, sharedWith: string | undefined) => {
      this.#executing += 1;
      try {
        return await execute(end, sharedWith);
      } finally {
        this.#executing -= 1;
      }
    };
    if (operationKind !== "query") {
      // A mutation reads what it has just changed: no answer that was begun before will do, for it or who asks after it.
      return counted(signal, undefined)
        .finally(() => this.#noteChange())
        .then((answer) => ({ answer, executedFor }));
    }
    if (authorizationClass === undefined || !this.#options.requests) {
      return counted(signal, authorizationClass).then((answer) => ({ answer, executedFor }));
    }
    return this.#operations.fly(asker, authorizationClass, (end) => counted(end, authorizationClass));
  }

  wrapTransports(transports: ReadonlyMap<string, SubgraphTransport>): ReadonlyMap<string, SubgraphTransport> {
    const maxBytes = Math.floor(this.#options.keep.maxBytes / Math.max(transports.size, 1));
    return new Map([...transports].map(([name, transport]) => [name, this.#wrapTransport(transport, name, maxBytes)]));
  }

  /** From the outside in: what is kept, identical fetches, batches, keeping. So what is sent is what nobody has or waits for. */
  #wrapTransport(transport: SubgraphTransport, name: string, maxBytes: number): SubgraphTransport {
    const { fetches, entities, hints, flights, batches: limits, keep } = this.#options;
    // Whose time is up is told so at once: its operation may still have something to show for it.
    const options = { ...flights, patienceMs: 0 };
    const kept = hints && maxBytes > 0 ? new KeptAnswers({ ...keep, maxBytes }) : undefined;
    let wrapped = kept === undefined ? transport : keepAnswers(transport, kept);
    if (entities) {
      const isAlone = () => this.#executing <= 1;
      wrapped = batchEntities(wrapped, name, { ...options, limits, afterTurn: setImmediate, isAlone });
    }
    if (fetches) {
      wrapped = shareFetches(wrapped, name, this.#openFlights(options));
    }
    return kept === undefined ? wrapped : answerFromKept(wrapped, kept);
  }

  #openFlights(options: FlightsOptions): Flights<SubgraphResponse> {
    const flights = new Flights<SubgraphResponse>(options);
    this.#fetches.push(flights);
    return flights;
  }

  #noteChange(): void {
    this.#operations.close();
    for (const flights of this.#fetches) {
      flights.close();
    }
  }
}
