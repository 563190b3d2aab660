/**
 * `node bench/builds.mjs [--queries light,medium] [--rounds N] [--seconds N] [FOLDER ...]`: processor time of a request,
 * over HTTP, for several builds of our gateway in turns. Each FOLDER is a compiled gateway (`gateway/dist` without any). It shows
 * what a change of `http/` or `egress/` is worth, as `engine.mjs` does for the engine. Compile first: `npm run build`.
 */
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { checkAnswers } from "./gateways/check-answers.mjs";
import { openGraph, QUERY_NAMES } from "./gateways/graph-under-test.mjs";
import { measureOperation } from "./gateways/measure.mjs";
import { assignProcessors, pinSelf } from "./gateways/processors.mjs";
import { startContender } from "./gateways/started-contender.mjs";
import { killAllProcesses, stopAllProcesses } from "./gateways/started-processes.mjs";
import { median } from "./gateways/statistics.mjs";

const THIS_BUILD = fileURLToPath(new URL("../gateway/dist", import.meta.url));

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    queries: { type: "string", default: QUERY_NAMES.join(",") },
    rounds: { type: "string", default: "5" },
    seconds: { type: "string", default: "2" },
    warmup: { type: "string", default: "4" },
    connections: { type: "string", default: "32" },
    flags: { type: "string", default: "--max-semi-space-size=64" },
  },
});

function toContender(folder) {
  return {
    name: folder,
    title: folder,
    nodeFlags: values.flags.split(" "),
    packages: [],
    program: ({ supergraphFile, port }) => [
      join(folder, "main.js"),
      "--supergraph",
      supergraphFile,
      "--port",
      String(port),
      "--open",
    ],
  };
}

async function compareBuilds(folders) {
  const processors = assignProcessors();
  pinSelf(processors.load);
  const graph = await openGraph(processors, values.queries.split(","));
  const started = [];
  for (const folder of folders) {
    const one = await startContender(toContender(folder), graph, { processor: processors.gateway });
    await checkAnswers(one, graph.operations);
    started.push(one);
  }
  const load = {
    rounds: Number(values.rounds),
    seconds: Number(values.seconds),
    warmupSeconds: Number(values.warmup),
    connections: Number(values.connections),
  };
  for (const operation of graph.operations) {
    const measured = await measureOperation(operation, started, graph, load);
    for (const [folder, rounds] of measured) {
      const spent = rounds.map(({ cpuMsPerRequest }) => cpuMsPerRequest * 1_000);
      const best = format(Math.min(...spent));
      console.log(`${operation.name.padEnd(8)} best ${best}, median ${format(median(spent))} µs  ${folder}`);
    }
  }
}

function format(microseconds) {
  return microseconds.toFixed(1).padStart(7);
}

process.on("exit", killAllProcesses);
try {
  await compareBuilds(positionals.length === 0 ? [THIS_BUILD] : positionals.map((folder) => resolve(folder)));
} finally {
  await stopAllProcesses();
}
