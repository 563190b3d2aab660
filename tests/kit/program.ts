import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

export const ROOT = join(__dirname, "../..");

export interface ProgramOptions {
  /** Compiled program, from the root of the checkout. */
  readonly program: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** A real process of the built hub, with what it prints. */
export interface Program {
  readonly child: ChildProcess;
  readonly pid: number;
  stdout(): string;
  stderr(): string;
  /** Resolves with the match when the process has printed it; rejects when it ends or is silent for too long. */
  waitFor(pattern: RegExp): Promise<RegExpMatchArray>;
  /** SIGTERM, then the exit code. */
  stop(): Promise<number | null>;
  /** kill -9, without a chance to tidy up. */
  kill(): Promise<void>;
  /** Resolves with the exit code when the process ends by itself. */
  readonly ended: Promise<number | null>;
}

const SILENCE_LIMIT_MS = 60_000;
const POLL_MS = 20;

/** Starts a compiled program with an environment of its own: nothing of the caller's but the path. */
export function startProgram(options: ProgramOptions): Program {
  const child = spawn(process.execPath, [join(ROOT, options.program), ...(options.args ?? [])], {
    cwd: ROOT,
    env: { PATH: process.env.PATH ?? "", ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const ended = once(child, "close").then(() => child.exitCode);
  return {
    child,
    pid: child.pid as number,
    stdout: () => stdout,
    stderr: () => stderr,
    ended,
    async waitFor(pattern) {
      for (let waitedMs = 0; waitedMs < SILENCE_LIMIT_MS; waitedMs += POLL_MS) {
        const match = pattern.exec(stdout + stderr);
        if (match !== null) {
          return match;
        }
        if (child.exitCode !== null || child.signalCode !== null) {
          break;
        }
        await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      }
      throw new Error(`${options.program} did not print ${pattern}. It printed:\n${stdout}\n${stderr}`);
    },
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill("SIGTERM");
      }
      return ended;
    },
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
