import type { Logger } from "pino";
import { refuseUnreadableSupergraph } from "../native-planner";
import { NoPlan, type PlanMaker } from "../plan-maker";
import type { PlanNode } from "../plan-node";
import { DEFAULT_PLANNING_BOUNDS } from "../planning-gate";
import { RequestRefused } from "../request-refused";
import { PlannerChild, PlannerEnded } from "./planner-child";
import { TurnLock } from "./turn-lock";

export interface PlannerProcessOptions {
  /** What one plan may take; then its process is ended, and with it the plan. That of planning without it. */
  readonly timeLimitMs?: number;
  readonly log: Pick<Logger, "error">;
}

export interface PlannerProcess extends PlanMaker {
  /** Of the process at work; undefined while there is none. */
  readonly pid: number | undefined;
}

/**
 * Makes plans in a process of its own: compiled code that meets what it takes for impossible ends its process, and a plan
 * that takes too long can be stopped only together with the process that makes it. Neither may be the gateway.
 *
 * When the process ends another one takes its place. Plans that were being made are made again, each alone, so that the one
 * that ends it is refused and the others are not.
 * @throws PlannerUnavailable when there is no binary for this machine
 * @throws SupergraphInvalid
 */
export async function startPlannerProcess(
  supergraphSdl: string,
  options: PlannerProcessOptions,
): Promise<PlannerProcess> {
  refuseUnreadableSupergraph(supergraphSdl);
  const maker = new ProcessPlanMaker(supergraphSdl, options);
  await maker.start();
  return maker;
}

type PlanArguments = Parameters<PlanMaker["makePlan"]>;

class ProcessPlanMaker implements PlannerProcess {
  readonly #supergraphSdl: string;
  readonly #log: Pick<Logger, "error">;
  readonly #timeLimitMs: number;
  readonly #turns = new TurnLock();
  #child: PlannerChild | undefined;
  #isClosed = false;

  constructor(
    supergraphSdl: string,
    { log, timeLimitMs = DEFAULT_PLANNING_BOUNDS.timeLimitMs }: PlannerProcessOptions,
  ) {
    this.#supergraphSdl = supergraphSdl;
    this.#log = log;
    this.#timeLimitMs = timeLimitMs;
  }

  get pid(): number | undefined {
    return this.#child?.hasEnded === false ? this.#child.pid : undefined;
  }

  async makePlan(...order: PlanArguments): Promise<PlanNode | undefined> {
    try {
      return await this.#turns.runBesideOthers(async () => this.#attempt(await this.start(), order));
    } catch (error) {
      if (!(error instanceof PlannerEnded) || this.#isClosed) {
        throw error;
      }
      // It may have been another plan that ended the process, or somebody from outside: alone will tell.
      return this.#turns.runAlone(() => this.#attemptAlone(order));
    }
  }

  /** @throws PlannerUnavailable SupergraphInvalid PlannerEnded */
  async start(): Promise<PlannerChild> {
    const child = this.#child === undefined || this.#child.hasEnded ? this.#open() : this.#child;
    await child.ready();
    return child;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const child = this.#child;
    child?.kill();
    await child?.ended;
  }

  #open(): PlannerChild {
    if (this.#isClosed) {
      throw new PlannerEnded("the planner is closed");
    }
    const child = new PlannerChild(this.#supergraphSdl);
    this.#child = child;
    void this.#replaceWhenEnded(child);
    return child;
  }

  async #replaceWhenEnded(child: PlannerChild): Promise<void> {
    const wasReady = await child.ready().then(
      () => true,
      () => false,
    );
    if (!wasReady) {
      // Whoever waited for it was told. Nothing is started over and over: the next plan tries again.
      child.kill();
    }
    const end = await child.ended;
    if (wasReady && !this.#isClosed) {
      this.#log.error({ err: end }, "the planner is started again");
      await this.start().catch((error: unknown) => this.#log.error({ err: error }, "the planner did not start again"));
    }
  }

  async #attemptAlone(order: PlanArguments): Promise<PlanNode | undefined> {
    const child = await this.start();
    try {
      return await this.#attempt(child, order);
    } catch (error) {
      throw error instanceof PlannerEnded && !this.#isClosed ? new NoPlan(error.message, { cause: error }) : error;
    }
  }

  async #attempt(child: PlannerChild, order: PlanArguments): Promise<PlanNode | undefined> {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      child.kill();
    }, this.#timeLimitMs);
    try {
      return await child.makePlan(...order);
    } catch (error) {
      throw isLate ? refuseLatePlan(this.#timeLimitMs) : error;
    } finally {
      clearTimeout(timer);
    }
  }
}

function refuseLatePlan(timeLimitMs: number): RequestRefused {
  const message = `The operation could not be planned within ${timeLimitMs} ms: ask in parts.`;
  return RequestRefused.because("LIMIT_EXCEEDED", message, { limit: "planningTime" });
}
