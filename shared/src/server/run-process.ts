import { StartError } from "./start-error";

/** What a process has to end in order. */
export interface RunningProcess {
  /** Finishes what is running, then lets everything go. */
  close(): Promise<void>;
  /** Resolves, with the reason for the operator, when the process cannot go on. */
  readonly failed?: Promise<string>;
  /** Resolves when the process has been told to end by other means than a signal. */
  readonly stopped?: Promise<void>;
}

/**
 * The life of a process: starts, runs until SIGINT or SIGTERM (exit 0) or until it cannot go on (exit 1), closes in order.
 * A second signal ends it at once. A start that fails prints what to do and exits 1; one that is told to stop before it is
 * done, and then throws, exits 0.
 */
export async function runProcess(start: (stopping: AbortSignal) => Promise<RunningProcess>): Promise<void> {
  const stopping = listenForStop();
  let running: RunningProcess;
  try {
    running = await start(stopping);
  } catch (error) {
    if (stopping.aborted) {
      process.exit(0);
    }
    process.stderr.write(`${explainFailure(error)}\n`);
    process.exit(1);
  }
  const never = new Promise<never>(() => undefined);
  const reason = await Promise.race([
    waitForAbort(stopping),
    (running.stopped ?? never).then(() => undefined),
    running.failed ?? never,
  ]);
  try {
    await running.close();
  } catch (error) {
    process.stderr.write(`${explainFailure(error)}\n`);
    process.exit(1);
  }
  if (reason !== undefined) {
    process.stderr.write(`${reason}\n`);
  }
  process.exit(reason === undefined ? 0 : 1);
}

/** A sentence for what the operator can mend; a stack for what only we can. */
export function explainFailure(error: unknown): string {
  return error instanceof StartError
    ? error.message
    : error instanceof Error
      ? (error.stack ?? error.message)
      : String(error);
}

/** Aborted, with a `StartError`, when the process is told to stop (SIGINT, SIGTERM). A second time ends the process at once. */
export function listenForStop(): AbortSignal {
  const stopping = new AbortController();
  const stop = () => {
    if (stopping.signal.aborted) {
      process.exit(130);
    }
    stopping.abort(new StartError("Stopped before it was done."));
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  return stopping.signal;
}

function waitForAbort(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve(undefined);
    }
    signal.addEventListener("abort", () => resolve(undefined), { once: true });
  });
}
