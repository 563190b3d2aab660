import type { SubgraphResponse, SubgraphTransport } from "../egress/subgraph-transport";
import type { EndSignal } from "../end-signal";
import { Flights, type FlightsOptions } from "./flights";
import { shareFetches } from "./share-fetches";
import { type OperationAnswer, type OperationAsker, OperationFlights } from "./share-operations";

/** What requests of one authorisation class may share, each to be switched off by itself. */
export interface SharingOptions {
  /** Whole operations that are the same and under way. */
  readonly requests: boolean;
  /** Requests to one instance that are the same and under way. */
  readonly fetches: boolean;
  readonly flights: FlightsOptions;
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

/** Off by an option of its own, on by default: nothing is shared by a request that does not say its authorisation class. */
export const DEFAULT_SHARING: SharingOptions = { requests: true, fetches: true, flights: DEFAULT_FLIGHTS };

/** What the requests to one supergraph share. */
export class Sharing<Answer> {
  readonly #options: SharingOptions;
  readonly #operations: OperationFlights<Answer>;
  readonly #fetches: Flights<SubgraphResponse>[] = [];

  constructor(options: Partial<SharingOptions> = {}) {
    this.#options = { ...DEFAULT_SHARING, ...options };
    this.#operations = new OperationFlights(this.#options.flights);
  }

  /**
   * Executes an operation, or waits for one that is the same.
   * @param execute told the authorisation class for its fetches, if they may be shared
   */
  async run(
    asker: OperationAsker,
    execute: (signal: EndSignal, authorizationClass: string | undefined) => Promise<Answer>,
  ): Promise<OperationAnswer<Answer>> {
    const { operation, authorizationClass, requestId: executedFor, signal } = asker;
    if (operation.operationKind !== "query") {
      // A mutation reads what it has just changed: no answer that was begun before will do, for it or who asks after it.
      return { answer: await execute(signal, undefined).finally(() => this.#noteChange()), executedFor };
    }
    if (authorizationClass === undefined || !this.#options.requests) {
      return { answer: await execute(signal, authorizationClass), executedFor };
    }
    return this.#operations.fly(asker, authorizationClass, (end) => execute(end, authorizationClass));
  }

  /** @param name the subgraph's */
  wrapTransport(transport: SubgraphTransport, name: string): SubgraphTransport {
    const { fetches, flights: options } = this.#options;
    if (!fetches) {
      return transport;
    }
    const flights = new Flights<SubgraphResponse>(options);
    this.#fetches.push(flights);
    return shareFetches(transport, name, flights);
  }

  #noteChange(): void {
    this.#operations.close();
    for (const flights of this.#fetches) {
      flights.close();
    }
  }
}
