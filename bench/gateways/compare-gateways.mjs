import { checkAnswers } from "./check-answers.mjs";
import { chooseContenders, isInstalled, readVersions } from "./contenders.mjs";
import { openGraph } from "./graph-under-test.mjs";
import { measureOperation, summarizeRounds } from "./measure.mjs";
import { assignProcessors, pinSelf } from "./processors.mjs";
import { recordRequests } from "./record-requests.mjs";
import { compareSummaries, describeMachine, printTable, readCommit, readLoadAverage, writeResults } from "./report.mjs";
import { startContender } from "./started-contender.mjs";

/** Processes that run or want to, on average over the last minute. */
const QUIET_LOAD = 0.5;

/**
 * The benchmark from the first process to the last figure. The caller stops the processes.
 * @throws Error when a contender does not start or answers wrongly: there are no figures then
 */
export async function compareGateways({ only, queries, load, isSameFlags, isSharing, isSmoke, outFile }) {
  const processors = assignProcessors();
  if (!processors.isPinned) {
    console.log("Processes are not pinned to processors: there is no taskset here, or only one processor.");
  }
  pinSelf(processors.load);
  const contenders = chooseContenders(only).filter((contender) => isUsable(contender, isSmoke));
  const loadAverageBefore = readLoadAverage();
  if (loadAverageBefore[0] > QUIET_LOAD) {
    console.log(
      `The machine is busy (load average ${loadAverageBefore[0]}): trust ratios of CPU more than of throughput.`,
    );
  }
  const graph = await openGraph(processors, queries);
  const options = { processor: processors.gateway, isSameFlags, isSharing };
  const { started, plans } = await startContenders(contenders, graph, options);
  const measured = {};
  for (const operation of graph.operations) {
    measured[operation.name] = await measureAndPrint(operation, plans[operation.name], started, graph, load);
  }
  if (outFile !== undefined) {
    writeResults(outFile, {
      date: new Date().toISOString(),
      commit: readCommit(),
      machine: describeMachine(processors),
      loadAverage: { before: loadAverageBefore, after: readLoadAverage() },
      load,
      isSameFlags,
      isSharing,
      versions: Object.assign({}, ...contenders.map(readVersions)),
      queries: measured,
    });
    console.log("\nThe figures are written.");
  }
}

/** Gateways first: the bare server repeats what the first of them, ours if it takes part, asks of the subgraphs. */
async function startContenders(contenders, graph, options) {
  const started = [];
  const start = async (contender, files) => {
    const one = await startContender(contender, files, options);
    await checkAnswers(
      one,
      graph.operations.filter(({ name }) => takesPart(contender, name)),
    );
    started.push(one);
  };
  const files = { ...graph.files, isSharing: options.isSharing };
  for (const contender of contenders.filter(({ isCeiling }) => !isCeiling)) {
    await start(contender, files);
  }
  if (started.length === 0) {
    throw new Error("There is no gateway to measure: --only must name at least one.");
  }
  const { recordingFile, plans } = await recordRequests(started[0], graph);
  for (const contender of contenders.filter(({ isCeiling }) => isCeiling)) {
    await start(contender, { recordingFile });
  }
  return { started, plans };
}

async function measureAndPrint(operation, plan, all, graph, load) {
  const started = all.filter(({ contender }) => takesPart(contender, operation.name));
  const rounds = await measureOperation(operation, started, graph, load);
  const medians = [...rounds].map(([name, list]) => [name, summarizeRounds(list)]);
  const compared = compareSummaries(Object.fromEntries(medians));
  const bytes = Buffer.byteLength(JSON.stringify({ data: operation.data }));
  const contenders = started.map(({ contender }) => contender);
  printTable({ name: operation.name, bytes, plan }, contenders, compared);
  return {
    bytes,
    plan,
    contenders: Object.fromEntries(
      Object.entries(compared).map(([name, summary]) => [name, { ...summary, rounds: rounds.get(name) }]),
    ),
  };
}

function takesPart({ leavesOut = [] }, query) {
  return !leavesOut.includes(query);
}

function isUsable(contender, isSmoke) {
  if (isInstalled(contender)) {
    return true;
  }
  if (!isSmoke && !contender.isOptional) {
    throw new Error(`${contender.title} is not installed: run npm ci in bench/.`);
  }
  console.log(`${contender.title} is left out: it is not installed.`);
  return false;
}
