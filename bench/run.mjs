/**
 * `npm run bench`: the gateways beside each other, or one of the other benchmarks by its name. Compiles the gateway and installs
 * what it is compared with, where that is missing and needed, then measures.
 * A smoke run installs nothing. Plain Node until then: the packages of this folder may not be there yet.
 */
import { existsSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { prepare, run } from "../hub/bin/prepare.mjs";

const FOLDER = fileURLToPath(new URL(".", import.meta.url));
const LOCK_FILE = new URL("package-lock.json", import.meta.url);
// npm writes this file last, so an interrupted install does not count.
const INSTALLED = new URL("node_modules/.package-lock.json", import.meta.url);

const args = process.argv.slice(2);
/** First word of the command line -> what it runs, and whether that needs the packages of this folder. */
const BENCHMARKS = {
  composition: { program: "./composition/main.mjs", needsPackages: false },
  planning: { program: "./planning/main.mjs", needsPackages: true },
  workers: { program: "./workers/main.mjs", needsPackages: false },
  soak: { program: "./soak/main.mjs", needsPackages: false },
};
const { program, needsPackages } = BENCHMARKS[args[0]] ?? { program: "./gateways/main.mjs", needsPackages: true };
if (!args.includes("--help") && !args.includes("-h")) {
  prepare();
  if (needsPackages && !args.includes("--smoke") && isInstallNeeded()) {
    console.error("Installing the gateways to compare with ...");
    installPackages();
  }
}
await import(program);

function isInstallNeeded() {
  return !existsSync(INSTALLED) || statSync(INSTALLED).mtimeMs < statSync(LOCK_FILE).mtimeMs;
}

function installPackages() {
  run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], "The gateways could not be installed.", {
    cwd: FOLDER,
    shell: process.platform === "win32",
  });
}
