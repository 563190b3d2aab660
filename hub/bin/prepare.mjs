/**
 * Brings a fresh clone to the point where it can run: installs packages when the lock file is newer than what is installed,
 * and compiles when a source is newer than its output. Does nothing, in a few milliseconds, when all is in place.
 * Plain JavaScript with nothing but Node: it runs before anything is installed.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

const OLDEST_NODE = [20, 19];

/** Installs and builds what is missing. Ends the process with a clear message when it cannot. */
export function prepare() {
  checkNodeVersion();
  if (isInstallNeeded()) {
    say("Installing packages (first start, or the lock file has changed) ...");
    // The compiler is a development dependency, which npm leaves out with NODE_ENV=production.
    runNpm(["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"]);
  }
  if (isBuildNeeded()) {
    say("Compiling ...");
    run(process.execPath, [join(ROOT, "node_modules/typescript/bin/tsc"), "-b"], "The sources do not compile.");
  }
}

/** Runs a command in the root, sharing the terminal; a failure ends this process with its exit code. */
export function run(command, args, failure, options = {}) {
  const { status, error } = spawnSync(command, args, { cwd: ROOT, stdio: "inherit", ...options });
  if (error !== undefined || status !== 0) {
    console.error(failure + (error === undefined ? "" : ` (${error.message})`));
    process.exit(status || 1);
  }
}

function checkNodeVersion() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
    console.error(`Alliance Hub needs Node ${OLDEST_NODE.join(".")} or newer; this is ${process.versions.node}.`);
    process.exit(1);
  }
}

function isInstallNeeded() {
  // npm writes this file last, so an interrupted install does not count.
  const installed = join(ROOT, "node_modules/.package-lock.json");
  return !existsSync(installed) || statSync(installed).mtimeMs < statSync(join(ROOT, "package-lock.json")).mtimeMs;
}

function isBuildNeeded() {
  const { references } = JSON.parse(readFileSync(join(ROOT, "tsconfig.json"), "utf8"));
  return references.some(({ path }) => {
    const stamp = join(ROOT, path, "dist/.tsbuildinfo");
    return !existsSync(stamp) || newestChangeMs(join(ROOT, path, "src")) > statSync(stamp).mtimeMs;
  });
}

function newestChangeMs(folder) {
  let newest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      newest = Math.max(newest, newestChangeMs(path));
    } else if (!entry.name.endsWith(".test.ts")) {
      newest = Math.max(newest, statSync(path).mtimeMs);
    }
  }
  return newest;
}

function runNpm(args) {
  const failure = "Packages could not be installed: see npm's message above, mend it and start again.";
  const npmScript = process.env.npm_execpath;
  if (npmScript?.endsWith(".js")) {
    run(process.execPath, [npmScript, ...args], failure);
  } else {
    run("npm", args, failure, { shell: process.platform === "win32" });
  }
}

function say(text) {
  console.error(text);
}
