import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { PlannerUnavailable, SupergraphInvalid } from "../native-planner";
import { NoPlan } from "../plan-maker";
import type { PlanNode } from "../plan-node";
import type { PlannerAnswer, PlannerRequest } from "./planner-messages";

/** The process ended; what it was making is lost. */
export class PlannerEnded extends Error {
  override readonly name = "PlannerEnded";
}

/** A plan that is being made. */
interface PlanUnderWay {
  readonly resolve: (plan: PlanNode | undefined) => void;
  readonly reject: (error: Error) => void;
}

/** A process runs compiled code, also where the sources run as they are (tests). From src/ and dist/ alike. */
const CHILD_FILE = join(__dirname, "../../../dist/planning/process/planner-main.js");

/** The end of what a process says before it dies: the place of a panic, never the operation. */
const PANIC_PLACE = /panicked at ([^\s:]+:\d+:\d+)/;

/** One planner in one process, from its start to its end. */
export class PlannerChild {
  readonly #process: ChildProcess;
  readonly #plans = new Map<number, PlanUnderWay>();
  readonly #readiness: Promise<void>;
  #settleReadiness: PlanUnderWay = { resolve: () => undefined, reject: () => undefined };
  #nextId = 1;
  #words = "";
  #end: PlannerEnded | undefined;
  /** Settles when the process has ended, with why. */
  readonly ended: Promise<PlannerEnded>;

  constructor(supergraphSdl: string) {
    this.#readiness = new Promise((resolve, reject) => {
      this.#settleReadiness = { resolve: () => resolve(), reject };
    });
    // It gets no environment: there is no secret that it needs.
    this.#process = fork(CHILD_FILE, [], { env: {}, execArgv: [], stdio: ["ignore", "ignore", "pipe", "ipc"] });
    this.#process.stderr?.setEncoding("utf8").on("data", (words: string) => {
      this.#words = (this.#words + words).slice(-4_096);
    });
    this.#process.on("message", (answer: PlannerAnswer) => this.#take(answer));
    this.ended = new Promise((resolve) => {
      this.#process.on("error", (error) => resolve(this.#finish(error.message)));
      // Not `exit`: what it said last is read first.
      this.#process.on("close", (code, signal) => resolve(this.#finish(this.#explainEnd(code, signal))));
    });
    this.#send({ kind: "supergraph", supergraphSdl });
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  get hasEnded(): boolean {
    return this.#end !== undefined;
  }

  /** @throws PlannerUnavailable SupergraphInvalid PlannerEnded */
  ready(): Promise<void> {
    return this.#readiness;
  }

  /** @throws NoPlan PlannerEnded */
  makePlan(operation: string, activeLabels: ReadonlySet<string>, percentage: number): Promise<PlanNode | undefined> {
    return new Promise((resolve, reject) => {
      if (this.#end !== undefined) {
        reject(this.#end);
        return;
      }
      const id = this.#nextId++;
      this.#plans.set(id, { resolve, reject });
      this.#send({ kind: "operation", id, operation, activeLabels: [...activeLabels], percentage });
    });
  }

  /** Ends the process at once, whatever it is doing. */
  kill(): void {
    this.#process.kill("SIGKILL");
  }

  #send(request: PlannerRequest): void {
    // A process that has just ended takes no message; its end is told to whoever waits.
    this.#process.send(request, () => undefined);
  }

  #take(answer: PlannerAnswer): void {
    switch (answer.kind) {
      case "ready":
        this.#settleReadiness.resolve(undefined);
        return;
      case "unavailable":
        this.#settleReadiness.reject(new PlannerUnavailable());
        return;
      case "invalid":
        this.#settleReadiness.reject(new SupergraphInvalid(answer.message));
        return;
      case "plan":
        this.#plans.get(answer.id)?.resolve(answer.plan);
        this.#plans.delete(answer.id);
        return;
      case "refusal":
        this.#plans.get(answer.id)?.reject(new NoPlan(answer.message));
        this.#plans.delete(answer.id);
        return;
    }
  }

  #explainEnd(code: number | null, signal: NodeJS.Signals | null): string {
    const place = PANIC_PLACE.exec(this.#words)?.[1];
    return `the planner's process ended (${signal ?? `exit code ${code}`}${place === undefined ? "" : `, panic at ${place}`})`;
  }

  #finish(message: string): PlannerEnded {
    const end = new PlannerEnded(message);
    this.#end = end;
    this.#settleReadiness.reject(end);
    for (const plan of this.#plans.values()) {
      plan.reject(end);
    }
    this.#plans.clear();
    return end;
  }
}
