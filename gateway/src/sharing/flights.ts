import type { EndSignal } from "../request/end-signal";
import { Flight, type FlightPatience } from "./flight";

export interface FlightsOptions extends FlightPatience {
  /**
   * Who comes later than this after a flight began does not join it. It bounds how old an answer may be that one gets, and
   * how many a flight that hangs can hold.
   */
  readonly joinMs: number;
  /** Milliseconds since any fixed moment, never going back. */
  readonly clock: () => number;
}

/** Somebody who asks. */
export interface FlightAsker {
  /** Nobody of another class ever gets this answer. */
  readonly authorizationClass: string;
  /** Ended when nobody waits for this answer any longer, or its time is up. */
  readonly signal: EndSignal;
  /** In milliseconds since 1970. */
  readonly deadlineAtMs: number;
}

/** What is asked for. */
export interface Question {
  /** All that the answer depends on, but for who asks. */
  readonly text: string;
  /** Under which it is looked for: the same for the same text. Others may have it too, and then do without sharing. */
  readonly key: string;
}

interface OpenFlight<T> {
  readonly text: string;
  readonly flight: Flight<T>;
  readonly startedAtMs: number;
  /** Of its first asker, and so the one that the run was told. */
  readonly deadlineAtMs: number;
}

/** Classes of which nothing is under way are forgotten when there are more. */
const MAX_IDLE_CLASSES = 100;

/** Runs that are under way, so that who asks for the same waits for the same run. */
export class Flights<T> {
  /** By authorisation class, then by the question's key: two maps, because one text made of both costs more than all the rest. */
  readonly #open = new Map<string, Map<string, OpenFlight<T>>>();

  constructor(readonly options: FlightsOptions) {}

  /**
   * @param run asks; the signal is ended when nobody waits any longer
   * @param leave what is told to one whose end comes before that of the others who wait
   */
  fly(
    { key, text }: Question,
    { authorizationClass, signal, deadlineAtMs }: FlightAsker,
    run: (signal: EndSignal) => Promise<T>,
    leave: () => Promise<T>,
  ): Promise<T> {
    if (signal.aborted) {
      return run(signal);
    }
    const flights = this.#openOf(authorizationClass);
    const known = flights.get(key);
    if (known !== undefined && known.text === text && this.#isOpenTo(known, deadlineAtMs)) {
      return known.flight.join(signal, leave);
    }
    const flight = new Flight<T>(this.options, () => {
      if (flights.get(key) === open) {
        flights.delete(key);
      }
    });
    const open = { text, flight, startedAtMs: this.options.clock(), deadlineAtMs };
    const answer = flight.join(signal, leave);
    // In place of one that is too old: who comes next joins this one.
    flights.set(key, open);
    flight.start(run);
    return answer;
  }

  /** Whoever asks from now on does not join what is under way: something has changed meanwhile. */
  close(): void {
    this.#open.clear();
  }

  #openOf(authorizationClass: string): Map<string, OpenFlight<T>> {
    const known = this.#open.get(authorizationClass);
    if (known !== undefined) {
      return known;
    }
    if (this.#open.size >= MAX_IDLE_CLASSES) {
      for (const [idle] of [...this.#open].filter(([, flights]) => flights.size === 0)) {
        this.#open.delete(idle);
      }
    }
    const flights = new Map<string, OpenFlight<T>>();
    this.#open.set(authorizationClass, flights);
    return flights;
  }

  #isOpenTo({ flight, startedAtMs, deadlineAtMs }: OpenFlight<T>, newDeadlineAtMs: number): boolean {
    const { clock, joinMs } = this.options;
    // Instances were told the first one's deadline and may give up then: that must not happen to one with more time.
    return flight.isWanted && clock() - startedAtMs < joinMs && newDeadlineAtMs <= deadlineAtMs + joinMs;
  }
}
