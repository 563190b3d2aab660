/**
 * How long `npm start` takes until the hub says that it is up: once on an empty data folder (database made, demo data loaded),
 * then again and again on the same one. Prints milliseconds and CPU seconds and writes them to bench/results.
 *
 *   node bench/start-up.mjs [--runs N]
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { prepare } from "../hub/bin/prepare.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const { values } = parseArgs({
  options: { runs: { type: "string", default: "5" }, help: { type: "boolean", short: "h" } },
});

if (values.help) {
  console.log("node bench/start-up.mjs [--runs N]: milliseconds from `npm start` until the hub is up.");
  process.exit(0);
}
const runs = Number(values.runs);
if (!Number.isInteger(runs) || runs < 1) {
  console.error("--runs must be a whole number from 1.");
  process.exit(1);
}

prepare();
const dataDir = mkdtempSync(join(tmpdir(), "start-up-"));
try {
  const first = await measureStart(dataDir);
  const again = [];
  for (let run = 0; run < runs; run++) {
    again.push(await measureStart(dataDir));
  }
  const result = {
    what: "milliseconds from `npm start` until the hub says that it is up, installed and built",
    node: process.version,
    processors: availableParallelism(),
    load: loadavg()[0],
    firstMs: first,
    againMs: again,
    medianAgainMs: again.toSorted((left, right) => left - right)[Math.floor(again.length / 2)],
  };
  const file = join(ROOT, "bench/results", `${new Date().toISOString().slice(0, 10)}-start-up.json`);
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  console.log(`first start ${first} ms, then ${again.join(", ")} ms (median ${result.medianAgainMs} ms)`);
} finally {
  rmSync(dataDir, { recursive: true, force: true });
}

/** Starts the hub as its user does, waits for the line, stops it in order. */
async function measureStart(folder) {
  const startedAt = performance.now();
  const hub = spawn("npm", ["start"], {
    cwd: ROOT,
    env: { ...process.env, HUB_DATA: folder, PORT: "0", LOG_LEVEL: "silent" },
    stdio: ["ignore", "ignore", "pipe"],
    // A group of its own: npm's child is stopped with it.
    detached: true,
    shell: process.platform === "win32",
  });
  let printed = "";
  const elapsedMs = await new Promise((resolve, reject) => {
    hub.on("error", reject);
    hub.on("exit", (code) => reject(new Error(`npm start ended with ${code}: ${printed}`)));
    hub.stderr.setEncoding("utf8").on("data", (text) => {
      printed += text;
      if (printed.includes("The alliance is up")) {
        resolve(Math.round(performance.now() - startedAt));
      }
    });
  });
  hub.removeAllListeners("exit");
  const ended = new Promise((resolve) => hub.on("exit", resolve));
  process.kill(-hub.pid, "SIGTERM");
  await ended;
  await waitUntilGone(hub.pid);
  return elapsedMs;
}

/** npm ends before the hub has: the next start would find the data folder in use. */
async function waitUntilGone(group) {
  for (;;) {
    try {
      process.kill(-group, 0);
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
