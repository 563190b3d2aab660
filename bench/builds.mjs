/**
 * `node bench/builds.mjs [--queries light,medium] [--rounds N] [FOLDER ...]`: processor time of a request over HTTP, for several
 * builds of our gateway in turns. Each FOLDER is a compiled gateway (`gateway/dist` without any). It shows what a change of `http/`
 * or `egress/` is worth, as `engine.mjs` does for the engine. Compile first: `npm run build`. Linux only.
 *
 * Many short turns: what else the machine does meets all builds alike, and the best quarter of a build's turns is hardly
 * touched by it.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { checkAnswers } from "./gateways/check-answers.mjs";
import { NOTHING_SHARED } from "./gateways/contenders.mjs";
import { openGraph, QUERY_NAMES } from "./gateways/graph-under-test.mjs";
import { assignProcessors, pinSelf } from "./gateways/processors.mjs";
import { startContender } from "./gateways/started-contender.mjs";
import { killAllProcesses, stopAllProcesses } from "./gateways/started-processes.mjs";
import { quantile } from "./gateways/statistics.mjs";
import { runLoad } from "./http/load.mjs";

const THIS_BUILD = fileURLToPath(new URL("../gateway/dist", import.meta.url));
const TURN_MS = 250;
/** V8 compiles what has run some thousand times. */
const WARM_UP_REQUESTS = 5_000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    queries: { type: "string", default: QUERY_NAMES.join(",") },
    rounds: { type: "string", default: "40" },
    connections: { type: "string", default: "32" },
    /** For Node, such as --flags=--cpu-prof. */
    flags: { type: "string", default: "" },
  },
});
const connections = Number(values.connections);

function toContender(folder) {
  return {
    name: folder,
    title: folder,
    environment: NOTHING_SHARED,
    nodeFlags: ["--max-semi-space-size=64", ...values.flags.split(" ").filter((flag) => flag !== "")],
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
    const one = await startContender(toContender(folder), graph.files, { processor: processors.gateway });
    await checkAnswers(one, graph.operations);
    started.push(one);
  }
  for (const operation of graph.operations) {
    await compareOnce(operation, started);
  }
}

async function compareOnce(operation, started) {
  const spent = new Map(started.map((one) => [one, []]));
  for (const one of started) {
    for (let sent = 0; sent < WARM_UP_REQUESTS; ) {
      sent += (await runTurn(operation, one)).requests;
    }
  }
  for (let round = 0; round < Number(values.rounds); round += 1) {
    for (const one of started) {
      spent.get(one).push((await runTurn(operation, one)).microseconds);
    }
  }
  for (const [{ contender }, turns] of spent) {
    turns.sort((left, right) => left - right);
    const [best, quarter, middle] = [0, 0.25, 0.5].map((share) => quantile(turns, share).toFixed(1).padStart(7));
    console.log(
      `${operation.name.padEnd(8)} best ${best}, best quarter ${quarter}, median ${middle} µs  ${contender.name}`,
    );
  }
}

async function runTurn(operation, { port, child, expectedBytes }) {
  const before = readProcessorTime(child.pid);
  const { requests, failures } = await runLoad({
    port,
    body: operation.request,
    expectedBytes: expectedBytes.get(operation.name),
    durationMs: TURN_MS,
    connections,
  });
  if (failures > 0) {
    throw new Error(`${failures} of ${requests} answers are wrong.`);
  }
  return { requests, microseconds: (readProcessorTime(child.pid) - before) / requests };
}

/** Of all threads, in microseconds: the first field of `schedstat` is in nanoseconds, while `stat` counts hundredths of a second. */
function readProcessorTime(pid) {
  return readdirSync(`/proc/${pid}/task`)
    .map((thread) => Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8").split(" ")[0]) / 1_000)
    .reduce((sum, one) => sum + one, 0);
}

process.on("exit", killAllProcesses);
try {
  await compareBuilds(positionals.length === 0 ? [THIS_BUILD] : positionals.map((folder) => resolve(folder)));
} finally {
  await stopAllProcesses();
}
