import { ask, QUESTIONS, type Version } from "./versioned-graph";

/** The clients share the machine with the gateway: without a pause there would be nothing left of it for new schemas. */
const PAUSE_MS = 4;

/** Clients that ask all the time and compare each answer with those that are right while it is under way. */
export class VersionedLoad {
  readonly wrong: string[] = [];
  answers = 0;
  #allowed: readonly Version[];
  /** Counts changes: who began before one accepts what was right then, too. */
  readonly #history: (readonly Version[])[] = [];
  #isOver = false;
  readonly #clients: readonly Promise<void>[];

  constructor(
    readonly url: string,
    first: Version,
    clients: number,
  ) {
    this.#allowed = [first];
    this.#history.push(this.#allowed);
    this.#clients = Array.from({ length: clients }, (_, at) => this.#run(at));
  }

  /** Which versions may answer from now on: two while one takes the other's place. */
  allow(...versions: readonly Version[]): void {
    this.#allowed = versions;
    this.#history.push(versions);
  }

  async end(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#clients);
  }

  async #run(first: number): Promise<void> {
    for (let at = first; !this.#isOver; at += 1) {
      const question = QUESTIONS[at % QUESTIONS.length];
      if (question === undefined) {
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      const began = this.#history.length - 1;
      const answer = await ask(this.url, question.query).catch((error: unknown) => ({ failed: String(error) }));
      const versions = new Set(this.#history.slice(began).flat());
      this.answers += 1;
      const text = JSON.stringify(answer);
      if (![...versions].some((version) => text === JSON.stringify(question.answerBy(version)))) {
        this.wrong.push(`${question.query} by ${[...versions].join(" or ")}: ${text}`);
      }
    }
  }
}
