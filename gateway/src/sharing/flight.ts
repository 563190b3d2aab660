import { type EndSignal, isTimeUp } from "../request/end-signal";
import { RequestEnd } from "../request/request-end";

/** Calls back once, after a delay. @returns what takes the call back */
export type Schedule = (callback: () => void, delayMs: number) => () => void;

export interface FlightPatience {
  /** How long somebody whose time is up waits for what others wait for: they may get it at the same moment. */
  readonly patienceMs: number;
  readonly schedule: Schedule;
}

interface Asker<T> {
  readonly signal: EndSignal;
  readonly resolve: (answer: T | Promise<T>) => void;
  readonly reject: (error: unknown) => void;
  /** What it gets when it goes before the flight has ended. */
  readonly leave: () => Promise<T>;
  readonly onEnd: () => void;
  cancelLeaving: (() => void) | undefined;
}

/**
 * One run for which several wait, each with an end of its own. Who ends earlier than others goes. When nobody is in time
 * any longer the run is ended, and those who are left get what comes of that: whoever is alone gets what it would have
 * got without a flight.
 */
export class Flight<T> {
  readonly #askers = new Set<Asker<T>>();
  readonly #end = new RequestEnd();
  #inTime = 0;
  /** Then that is why the run is ended, even if the last one has left for another reason. */
  #someTimeWasUp = false;

  /** @param onSettled called before anybody is told */
  constructor(
    readonly patience: FlightPatience,
    readonly onSettled: () => void,
  ) {}

  /** Whether somebody waits who is in time. Nobody must join what is about to fail. */
  get isWanted(): boolean {
    return this.#inTime > 0;
  }

  /**
   * @param signal not aborted yet
   * @param leave what whoever goes early gets
   */
  join(signal: EndSignal, leave: () => Promise<T>): Promise<T> {
    this.#inTime += 1;
    return new Promise((resolve, reject) => {
      const onEnd = () => this.#noteEnd(asker);
      const asker: Asker<T> = { signal, resolve, reject, leave, onEnd, cancelLeaving: undefined };
      this.#askers.add(asker);
      signal.addEventListener("abort", onEnd);
    });
  }

  /** Begins. To be called once, when the first one has joined. */
  start(run: (signal: EndSignal) => Promise<T>): void {
    try {
      run(this.#end).then(this.#answer, this.#fail);
    } catch (error) {
      this.#fail(error);
    }
  }

  readonly #answer = (answer: T): void => {
    this.onSettled();
    for (const asker of this.#askers) {
      this.#release(asker);
      asker.resolve(answer);
    }
  };

  readonly #fail = (error: unknown): void => {
    this.onSettled();
    for (const asker of this.#askers) {
      this.#release(asker);
      asker.reject(error);
    }
  };

  #noteEnd(asker: Asker<T>): void {
    this.#inTime -= 1;
    const isLate = isTimeUp(asker.signal);
    this.#someTimeWasUp ||= isLate;
    if (this.#inTime === 0) {
      this.#end.abort("nobody waits in time", this.#someTimeWasUp ? "TimeoutError" : "AbortError");
    } else if (isLate && this.patience.patienceMs > 0) {
      asker.cancelLeaving = this.patience.schedule(() => this.#leave(asker), this.patience.patienceMs);
    } else {
      this.#leave(asker);
    }
  }

  #leave(asker: Asker<T>): void {
    this.#askers.delete(asker);
    asker.resolve(asker.leave());
  }

  #release(asker: Asker<T>): void {
    asker.signal.removeEventListener("abort", asker.onEnd);
    asker.cancelLeaving?.();
  }
}
