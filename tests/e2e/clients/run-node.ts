import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { ROOT } from "../../kit/program";

const run = promisify(execFile);
const TIME_LIMIT_MS = 60_000;

/**
 * Runs a Node program to its end, with an environment of its own.
 * @returns what it printed
 * @throws when its exit code is not 0, with what it said
 */
export async function runNode(program: string, args: readonly string[], cwd = ROOT): Promise<string> {
  const env = { PATH: process.env.PATH ?? "", NODE_ENV: "development" };
  try {
    const { stdout } = await run(process.execPath, [program, ...args], { cwd, env, timeout: TIME_LIMIT_MS });
    return stdout;
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(`${program} failed:\n${stdout}\n${stderr}`, { cause: error });
  }
}

/** Runs a client library in a process of its own: most are ECMAScript modules, which jest cannot load on every Node. */
export async function runClient<Result>(script: string, ...args: string[]): Promise<Result> {
  return JSON.parse(await runNode(join(__dirname, script), args)) as Result;
}

/** The schema of the graph as the hub prints it for clients. */
export function printPublicSchema(): Promise<string> {
  return runNode(join(ROOT, "hub/dist/main.js"), ["schema", "api"]);
}
