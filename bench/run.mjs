/**
 * `npm run bench`: the gateways beside each other; `npm run bench -- composition`: how composition scales. Compiles the
 * gateway and installs what it is compared with, where that is missing, then measures.
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
const isComposition = args[0] === "composition";
if (!args.includes("--help") && !args.includes("-h")) {
  prepare();
  if (!isComposition && !args.includes("--smoke") && isInstallNeeded()) {
    console.error("Installing the gateways to compare with ...");
    installPackages();
  }
}
await import(isComposition ? "./composition/main.mjs" : "./gateways/main.mjs");

function isInstallNeeded() {
  return !existsSync(INSTALLED) || statSync(INSTALLED).mtimeMs < statSync(LOCK_FILE).mtimeMs;
}

function installPackages() {
  run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], "The gateways could not be installed.", {
    cwd: FOLDER,
    shell: process.platform === "win32",
  });
}
