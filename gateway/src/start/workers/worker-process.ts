import cluster from "node:cluster";
import { forwardLines } from "./forward-lines";
import type { ToWorker } from "./worker-messages";

/** A worker, as the primary process has it. */
export interface WorkerProcess {
  readonly pid: number | undefined;
  /** To be listened to from the turn in which it was started. */
  onMessage(take: (message: unknown) => void): void;
  /** Nothing happens when it has ended. */
  send(message: ToWorker): void;
  /** Ends it at once. */
  kill(): void;
  /** Resolves with how it ended, when all that it wrote has been passed on. */
  readonly ended: Promise<{ readonly how: string; readonly isOrderly: boolean }>;
}

/**
 * Starts this very program once more, as a worker: sockets that it listens on are those of the primary process.
 * @param execArgv options of Node
 */
export function startWorkerProcess(execArgv: readonly string[]): WorkerProcess {
  // Written by each of several processes to one pipe, lines of more than a page would be torn apart.
  cluster.setupPrimary({ execArgv: [...execArgv], silent: true });
  const worker = cluster.fork();
  const child = worker.process;
  const { stdout, stderr } = child;
  if (stdout !== null && stderr !== null) {
    forwardLines(stdout, process.stdout);
    forwardLines(stderr, process.stderr);
  }
  return {
    pid: child.pid,
    onMessage: (take) => worker.on("message", take),
    send(message) {
      if (worker.isConnected()) {
        // What it cannot be told any more does not matter: its end is told to whoever waits.
        worker.send(message, () => undefined);
      }
    },
    kill: () => child.kill("SIGKILL"),
    ended: new Promise((resolve) => {
      child.once("close", (code, signal) =>
        resolve({ how: signal ?? `exit code ${code}`, isOrderly: code === 0 && signal === null }),
      );
    }),
  };
}
