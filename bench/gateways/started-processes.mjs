import { spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { pinCommand } from "./processors.mjs";

const END_WITH_PARENT = new URL("end-with-parent.mjs", import.meta.url).href;
const STOP_TIMEOUT_MS = 5_000;
const KEPT_ERROR_CHARACTERS = 4_000;

/** Every process that the benchmark has started and that still runs; all of them end with it. */
const running = new Set();

/**
 * Starts a program, of Node unless it is a command of its own.
 * @returns the child process, with `errorText()`: the end of what it wrote to its standard error
 */
export function startProgram(args, { processor, environment = {}, command }) {
  const own = command === undefined ? [process.execPath, "--import", END_WITH_PARENT] : [command];
  const [first, ...rest] = pinCommand(processor, [...own, ...args]);
  const child = spawn(first, rest, {
    env: { ...process.env, ...environment, NODE_ENV: "production" },
    stdio: ["ignore", "ignore", "pipe", ...(command === undefined ? ["ipc"] : [])],
  });
  let errorText = "";
  child.errorText = () => errorText.trim();
  child.stderr.setEncoding("utf8").on("data", (text) => {
    errorText = (errorText + text).slice(-KEPT_ERROR_CHARACTERS);
  });
  child.on("error", (error) => {
    errorText += error.message;
    running.delete(child);
  });
  child.on("exit", () => running.delete(child));
  running.add(child);
  return child;
}

export function hasEnded(child) {
  return child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
}

/** Sends a message to a child that answers messages and waits for what it says. One at a time. */
export function askChild(child, message) {
  return new Promise((resolve, reject) => {
    const fail = () => reject(new Error(`A process of the benchmark has ended: ${child.errorText()}`));
    child.once("exit", fail);
    child.once("message", (reply) => {
      child.off("exit", fail);
      if (reply.error === undefined) {
        resolve(reply);
      } else {
        reject(new Error(reply.error));
      }
    });
    child.send(message);
  });
}

/** Asks one process to stop, then ends it. */
async function stopProcess(child) {
  if (hasEnded(child)) {
    return;
  }
  const ended = new Promise((resolve) => {
    child.once("exit", resolve);
  });
  child.kill("SIGTERM");
  const late = new AbortController();
  const kill = sleep(STOP_TIMEOUT_MS, undefined, { signal: late.signal }).then(
    () => child.kill("SIGKILL"),
    () => undefined,
  );
  await ended;
  late.abort();
  await kill;
}

export async function stopAllProcesses() {
  await Promise.all([...running].map(stopProcess));
}

/** For the moment when nothing can be awaited any more. */
export function killAllProcesses() {
  for (const child of running) {
    child.kill("SIGKILL");
  }
}
