import { StartError } from "./start-error";

/** What a process has to end in order. */
export interface RunningProcess {
  /** Finishes what is running, then lets everything go. */
  close(): Promise<void>;
  /** Resolves, with the reason for the operator, when the process cannot go on. */
  readonly failed?: Promise<string>;
}

/**
 * The life of a process: starts, runs until SIGINT or SIGTERM (exit 0) or until it cannot go on (exit 1), closes in order.
 * A second signal ends it at once. A start that fails prints what to do and exits 1.
 */
export async function runProcess(start: () => Promise<RunningProcess>): Promise<void> {
  const stopping = waitForSignal();
  let running: RunningProcess;
  try {
    running = await start();
  } catch (error) {
    process.stderr.write(`${explainFailure(error)}\n`);
    process.exit(1);
  }
  const reason = await Promise.race([stopping, running.failed ?? new Promise<never>(() => undefined)]);
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

function waitForSignal(): Promise<undefined> {
  return new Promise((resolve) => {
    let isStopping = false;
    const stop = () => {
      if (isStopping) {
        process.exit(130);
      }
      isStopping = true;
      resolve(undefined);
    };
    process.on("SIGINT", stop);
    process.on("SIGTERM", stop);
  });
}
