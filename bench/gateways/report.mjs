import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";
import { dirname } from "node:path";
import { ratio } from "./statistics.mjs";

/** The contender that ratios refer to. */
const BASE = "apollo";
/** From here on the figures say more about load and subgraphs than about the gateway. */
const FEEDER_LIMIT = 0.9;

const COLUMNS = [
  ["requests/s", ({ requestsPerSecond }) => formatNumber(requestsPerSecond)],
  ["x apollo", (_, { speedRatio }) => formatRatio(speedRatio)],
  ["CPU ms/request", ({ cpuMsPerRequest }) => formatNumber(cpuMsPerRequest)],
  ["x less CPU", (_, { cpuRatio }) => formatRatio(cpuRatio)],
  ["median ms", ({ latencyMs }) => formatNumber(latencyMs.median)],
  ["p99 ms", ({ latencyMs }) => formatNumber(latencyMs.p99)],
  ["p99/median", ({ latencyMs }) => formatRatio(ratio(latencyMs.p99, latencyMs.median))],
  ["upstream", ({ upstreamPerRequest }) => formatNumber(upstreamPerRequest)],
  ["memory MB", ({ residentMegabytes }) => formatNumber(residentMegabytes)],
  ["feeders", ({ feederBusy }) => formatShare(feederBusy)],
];

/** Adds to every contender's medians how they compare with the base's. @param summaries contender name -> medians */
export function compareSummaries(summaries) {
  const base = summaries[BASE];
  return Object.fromEntries(
    Object.entries(summaries).map(([name, summary]) => [
      name,
      {
        ...summary,
        speedRatio: ratio(summary.requestsPerSecond, base?.requestsPerSecond),
        cpuRatio: ratio(base?.cpuMsPerRequest, summary.cpuMsPerRequest),
      },
    ]),
  );
}

/** One operation as a table for the terminal. */
export function printTable({ name, bytes, plan }, contenders, compared) {
  const rows = contenders.map(({ name: contender, title }) => [
    title,
    ...COLUMNS.map(([, format]) => format(compared[contender], compared[contender])),
  ]);
  const table = [["", ...COLUMNS.map(([heading]) => heading)], ...rows];
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
  console.log(`\n${name}: ${bytes} bytes, ${plan.requests} requests to subgraphs in ${plan.steps} steps`);
  for (const row of table) {
    console.log(`  ${row.map((cell, column) => pad(cell, widths[column], column === 0)).join("  ")}`.trimEnd());
  }
  if (Object.values(compared).some(({ feederBusy = 0 }) => feederBusy > FEEDER_LIMIT)) {
    console.log("  feeders above 90 %: there, load and subgraphs were the limit; compare the CPU per request.");
  }
}

/** What ran, without the machine's name or its folders. */
export function describeMachine({ isPinned }) {
  return {
    processor: cpus()[0]?.model ?? "unknown",
    // Not availableParallelism(): this process has pinned itself by now.
    processors: cpus().length,
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${process.arch}`,
    node: process.versions.node,
    isPinned,
  };
}

/** Of the checkout: what ours was measured at, `-dirty` with changes that are not committed; undefined without git. */
export function readCommit() {
  const { status, stdout } = spawnSync("git", ["describe", "--always", "--dirty"], { encoding: "utf8" });
  return status === 0 ? stdout.trim() : undefined;
}

export function readLoadAverage() {
  return loadavg().map((load) => Number(load.toFixed(2)));
}

/** Numbers keep four significant digits: the rest is noise. */
export function writeResults(file, results) {
  mkdirSync(dirname(file), { recursive: true });
  const round = (_, value) => (typeof value === "number" && !Number.isInteger(value) ? shorten(value) : value);
  writeFileSync(file, `${JSON.stringify(results, round, 2)}\n`);
}

function shorten(value) {
  return Number(value.toPrecision(4));
}

function formatNumber(value) {
  return value === undefined ? "-" : String(value >= 1000 ? Math.round(value) : Number(value.toPrecision(3)));
}

function formatRatio(value) {
  return value === undefined ? "-" : `${value.toFixed(value < 10 ? 2 : 1)}x`;
}

function formatShare(value) {
  return value === undefined ? "-" : `${Math.round(value * 100)} %`;
}

function pad(cell, width, isLeft) {
  return isLeft ? cell.padEnd(width) : cell.padStart(width);
}
