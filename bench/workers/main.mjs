/**
 * `npm run bench -- workers`: what a second worker is worth. Our gateway with one worker and with several, in turns, over the
 * subgraphs and queries of the comparison of gateways. Prints a table and writes bench/results/DATE-workers.json.
 *
 * Load and subgraphs share the processors with the workers unless there are enough for all. So beside the throughput it tells
 * how much processor the gateway had, and what it did for each: that says what the workers would do with processors of their own.
 */
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { checkAnswers } from "../gateways/check-answers.mjs";
import { chooseContenders } from "../gateways/contenders.mjs";
import { openGraph, QUERY_NAMES } from "../gateways/graph-under-test.mjs";
import { measureOperation, summarizeRounds } from "../gateways/measure.mjs";
import { describeMachine, readCommit, readLoadAverage, writeResults } from "../gateways/report.mjs";
import { startContender } from "../gateways/started-contender.mjs";
import { killAllProcesses, stopAllProcesses } from "../gateways/started-processes.mjs";

const HELP = `npm run bench -- workers [options]
  --workers N       compared with one (2)
  --rounds N        counted turns of each per query (5)
  --seconds N       length of a turn (4)
  --connections N   connections that each wait for an answer before they ask again (64)
  --queries NAMES   some of ${QUERY_NAMES.join(",")} (heavy,light)
  --smoke           one turn of 1 s each, nothing written`;

const { values } = parseArgs({
  args: process.argv.slice(3),
  options: {
    workers: { type: "string", default: "2" },
    rounds: { type: "string", default: "5" },
    seconds: { type: "string", default: "4" },
    connections: { type: "string", default: "64" },
    queries: { type: "string", default: "heavy,light" },
    smoke: { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  },
});

process.on("exit", killAllProcesses);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.once(signal, () => stopAllProcesses().finally(() => process.exit(1)));
}

if (values.help) {
  console.log(HELP);
} else {
  try {
    await measure();
  } finally {
    await stopAllProcesses();
  }
}

async function measure() {
  const [ours] = chooseContenders(["ours"]);
  const counts = [1, Number(values.workers)];
  const load = {
    rounds: values.smoke ? 1 : Number(values.rounds),
    seconds: values.smoke ? 1 : Number(values.seconds),
    warmupSeconds: values.smoke ? 1 : 6,
    connections: Number(values.connections),
  };
  const before = readLoadAverage();
  // Nothing is pinned: the system spreads workers, subgraphs and load over what there is.
  const graph = await openGraph({}, values.queries.split(","));
  const started = [];
  for (const count of counts) {
    const contender = {
      ...ours,
      name: String(count),
      title: `${count} worker(s)`,
      environment: { ...ours.environment, WORKERS: String(count) },
    };
    const one = await startContender(contender, { supergraphFile: graph.supergraphFile }, { isSameFlags: false });
    await checkAnswers(one, graph.operations);
    started.push(one);
  }
  const results = {};
  for (const operation of graph.operations) {
    const rounds = await measureOperation(operation, started, graph, load);
    const rows = Object.fromEntries([...rounds].map(([count, list]) => [count, describe(summarizeRounds(list))]));
    results[operation.name] = { ...compare(rows, counts), workers: rows, rounds: Object.fromEntries(rounds) };
    print(operation.name, results[operation.name]);
  }
  if (!values.smoke) {
    const file = `${fileURLToPath(new URL("../results/", import.meta.url))}${new Date().toISOString().slice(0, 10)}-workers.json`;
    const machine = describeMachine({ isPinned: false });
    writeResults(file, {
      commit: readCommit(),
      machine,
      loadAverage: { before, after: readLoadAverage() },
      load,
      results,
    });
  }
}

/** `processors`: how many the gateway had, of those of the machine. */
function describe(summary) {
  return { ...summary, processors: (summary.requestsPerSecond * summary.cpuMsPerRequest) / 1000 };
}

/**
 * `throughput`: as measured, several workers against one. `perProcessor`: requests for each second of processor time, against those
 * of one worker; 1 when nothing is lost by sharing. `withOwnProcessors`: what follows from it for workers with one each.
 */
function compare(rows, [one, several]) {
  const [first, other] = [rows[one], rows[several]];
  const perProcessor = first.cpuMsPerRequest / other.cpuMsPerRequest;
  return {
    throughput: other.requestsPerSecond / first.requestsPerSecond,
    perProcessor,
    withOwnProcessors: several * perProcessor,
  };
}

function print(name, { throughput, perProcessor, withOwnProcessors, workers }) {
  console.log(`\n${name} (${availableParallelism()} processors for workers, subgraphs and load together)`);
  for (const [count, row] of Object.entries(workers)) {
    console.log(
      `  ${count} worker(s): ${row.requestsPerSecond.toFixed(0)} requests/s, ${row.cpuMsPerRequest.toFixed(3)} ms CPU a request, ` +
        `${row.processors.toFixed(2)} processors, feeders ${row.feederBusy.toFixed(2)}, p99 ${row.latencyMs.p99.toFixed(1)} ms, ` +
        `${row.residentMegabytes.toFixed(0)} MB`,
    );
  }
  console.log(
    `  throughput x ${throughput.toFixed(2)}; per processor x ${perProcessor.toFixed(2)}, ` +
      `so x ${withOwnProcessors.toFixed(2)} with a processor for each worker`,
  );
}
