import { setTimeout as sleep } from "node:timers/promises";
import { StartError } from "@alliance-hub/shared/server/start-error";
import type { Logger } from "pino";
import { type SubgraphResponse, type SubgraphTransport, SubgraphUnreachable } from "../egress/subgraph-transport";
import type { InstanceAddress } from "./swap/shared-transports";

export interface AwaitOptions {
  /** How long a subgraph that does not answer is waited for. */
  readonly timeoutMs: number;
  /** Aborted when the process is told to stop meanwhile. */
  readonly signal: AbortSignal;
  readonly log: Logger;
}

/** One attempt; a subgraph that accepts the connection and then says nothing must not use up the whole time. */
const ATTEMPT_TIMEOUT_MS = 5_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;

/**
 * The SDL of a subgraph, asked for with `_service` (Federation specification) until it answers: all processes of an alliance
 * may be started at the same time, in any order.
 * @throws StartError when it never answers, or answers as no subgraph of a federation does
 * @throws the signal's reason when it is aborted
 */
export async function awaitSubgraphSdl(
  { name, url }: InstanceAddress,
  transport: SubgraphTransport,
  { timeoutMs, signal, log }: AwaitOptions,
): Promise<string> {
  const giveUpAtMs = Date.now() + timeoutMs;
  for (let attempt = 1, pauseMs = FIRST_PAUSE_MS; ; attempt += 1, pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    signal.throwIfAborted();
    try {
      return await askForSdl({ name, url }, transport, signal);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof SubgraphUnreachable)) {
        throw error;
      }
      if (Date.now() + pauseMs > giveUpAtMs) {
        throw new StartError(
          `The subgraph ${name} does not answer at ${withoutCredentials(url)} (${error.message}). Start it, or correct its address.`,
          { cause: error },
        );
      }
      // Every second or so at first, then every two seconds: enough to see who is awaited, and no flood.
      log[attempt === 1 ? "info" : "debug"]({ subgraph: name, reason: error.reason }, "waiting for a subgraph");
    }
    await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
  }
}

/** One attempt. @throws SubgraphUnreachable; StartError when it answers as no subgraph of a federation does */
export async function askForSdl(
  { name, url }: InstanceAddress,
  transport: SubgraphTransport,
  signal: AbortSignal,
): Promise<string> {
  const response = await transport.execute({
    query: "{ _service { sdl } }",
    variables: {},
    requestId: "schema",
    deadlineAtMs: Date.now() + ATTEMPT_TIMEOUT_MS,
    signal: AbortSignal.any([signal, AbortSignal.timeout(ATTEMPT_TIMEOUT_MS)]),
  });
  return readSdl(name, url, response);
}

function readSdl(name: string, url: string, { data }: SubgraphResponse): string {
  const sdl = (data as { _service?: { sdl?: unknown } } | null | undefined)?._service?.sdl;
  if (typeof sdl !== "string") {
    throw new StartError(
      `${withoutCredentials(url)} answers, but not as a subgraph: it has no { _service { sdl } }. ` +
        `Correct the address of ${name}, or serve its schema as a federation subgraph.`,
    );
  }
  return sdl;
}

function withoutCredentials(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}
