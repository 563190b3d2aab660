import type { EndSignal } from "../request/end-signal";
import { Flights, type FlightsOptions } from "./flights";

/** One request for an operation. */
export interface OperationAsker {
  readonly operationKind: "query" | "mutation" | "subscription";
  /** The same object means the same schema, document, operation and plan. */
  readonly executable: object;
  readonly authorizationClass: string | undefined;
  /** Coerced: what the client left out is there, and all is in the schema's order. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly requestId: string;
  readonly deadlineAtMs: number;
  readonly signal: EndSignal;
}

export interface OperationAnswer<T> {
  readonly answer: T;
  /** Id of the request that was executed: its own, or that of another which asked for the same. */
  readonly executedFor: string;
}

/**
 * Executes one operation.
 * @param signal ended when nobody waits for the answer any longer
 */
export type ExecuteOperation<T> = (signal: EndSignal) => Promise<T>;

/** Executes queries that several ask for at the same time once. */
export class OperationFlights<T> {
  #flights = new WeakMap<object, Flights<OperationAnswer<T>>>();

  constructor(readonly options: FlightsOptions) {}

  /** @param execute of a query */
  fly(asker: OperationAsker, authorizationClass: string, execute: ExecuteOperation<T>): Promise<OperationAnswer<T>> {
    const { executable, variables, requestId: executedFor, signal, deadlineAtMs } = asker;
    const run = async (end: EndSignal) => ({ answer: await execute(end), executedFor });
    let flights = this.#flights.get(executable);
    if (flights === undefined) {
      flights = new Flights(this.options);
      this.#flights.set(executable, flights);
    }
    // Whose time is up executes by itself, which at its end says no more than which fields are missing.
    const text = JSON.stringify(variables);
    return flights.fly({ text, key: text }, { authorizationClass, signal, deadlineAtMs }, run, () => run(signal));
  }

  /** Whoever asks from now on does not join what is under way. */
  close(): void {
    this.#flights = new WeakMap();
  }
}
