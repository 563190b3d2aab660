/**
 * `npm run bench -- soak`: random and mutated requests at one gateway, a million of them, with its memory told on the way.
 * What is sent and what counts as a fault is in tests/load. Prints a table and writes bench/results/DATE-soak.json.
 */
import { spawn } from "node:child_process";
import { loadavg } from "node:os";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { describeMachine, readCommit, writeResults } from "../gateways/report.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const RESULTS = new URL("../results/", import.meta.url);
const HELP = `npm run bench -- soak [options]
  Random and mutated requests at one gateway, its faults, and its memory after garbage collection.
  --requests N   how many (1000000: half an hour or more)
  --every N      how often memory is measured (100000)
  --seed N       of the first request; the same seed sends the same requests
  --smoke        2000 requests, nothing written`;

const { values } = parseArgs({
  args: process.argv.slice(3),
  options: {
    requests: { type: "string", default: "1000000" },
    every: { type: "string", default: "100000" },
    seed: { type: "string", default: String(Math.floor(Math.random() * 1_000_000_000)) },
    smoke: { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  },
});

if (values.help) {
  console.log(HELP);
} else {
  await soak(values.smoke ? { ...values, requests: "2000", every: "1000" } : values);
}

async function soak({ requests, every, seed, smoke }) {
  const commit = readCommit();
  const lines = [];
  const program = ["--requests", requests, "--every", every, "--seed", seed];
  for await (const line of runProgram(["tests/load/record-soak.ts", ...program])) {
    lines.push(line);
    printLine(line);
  }
  const faults = lines.at(-1)?.faults ?? ["the soak has not ended"];
  if (!smoke) {
    writeResults(fileURLToPath(new URL(`${new Date().toISOString().slice(0, 10)}-soak.json`, RESULTS)), {
      what: "random and mutated requests; memory after garbage collection of the gateway's process, in which its subgraphs run too",
      commit,
      machine: describeMachine({ isPinned: false }),
      loadAverage: loadavg(),
      firstSeed: Number(seed),
      faults,
      measured: lines.filter(({ kind }) => kind === "measured").map(({ kind, ...measured }) => measured),
    });
  }
  process.exitCode = faults.length === 0 ? 0 : 1;
}

async function* runProgram(args) {
  const child = spawn(process.execPath, ["--require", "./tests/kit/load-typescript.cjs", ...args], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "inherit"],
  });
  process.once("exit", () => child.kill());
  for await (const text of createInterface({ input: child.stdout })) {
    yield JSON.parse(text);
  }
}

function printLine(line) {
  if (line.kind === "ended") {
    console.log(`first seed ${line.firstSeed}, faults: ${line.faults.length}`, ...line.faults);
    return;
  }
  const { requests, elapsedMs, heapBytes, residentBytes, statuses } = line;
  const megabytes = (bytes) => `${Math.round(bytes / 2 ** 20)} MB`;
  console.log(
    `${requests} requests, ${Math.round(elapsedMs / 1000)} s, heap ${megabytes(heapBytes)}, resident ${megabytes(residentBytes)}`,
    JSON.stringify(statuses),
  );
}
