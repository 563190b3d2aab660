import { performance } from "node:perf_hooks";
import { runLoad } from "../http/load.mjs";
import { readUsage } from "./process-usage.mjs";
import { askChild } from "./started-processes.mjs";
import { median, quantile } from "./statistics.mjs";

/**
 * Measures one operation: all contenders take turns, as often as there are rounds, so that whatever else the machine does
 * meets all of them. A first turn of each is for warming up and is not counted.
 * @returns contender name -> list of rounds
 */
export async function measureOperation(
  operation,
  started,
  graph,
  { rounds, seconds, warmupSeconds, connections, isSharing },
) {
  const results = new Map(started.map(({ contender }) => [contender.name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    const isWarmUp = round === 0;
    const durationMs = (isWarmUp ? warmupSeconds : seconds) * 1000;
    for (const one of started) {
      const result = await measureRound(operation, one, graph, { durationMs, connections, isSharing });
      if (!isWarmUp) {
        results.get(one.contender.name).push(result);
      }
    }
  }
  return results;
}

async function measureRound(operation, { contender, child, port, expectedBytes }, { subgraphs }, load) {
  const before = await readMeters(child, subgraphs);
  const { requests, failures, elapsedMs, latenciesMs } = await runLoad({
    port,
    body: operation.request,
    expectedBytes: expectedBytes.get(operation.name),
    ...load,
  }).catch((error) => {
    throw new Error(`${contender.title}, ${operation.name} query: ${error.message} ${child.errorText()}`.trim());
  });
  const after = await readMeters(child, subgraphs);
  if (failures > 0) {
    const share = `${failures} of ${requests}`;
    throw new Error(`${contender.title} answers the ${operation.name} query wrongly under load: ${share}.`);
  }
  const wallSeconds = elapsedMs / 1000;
  return {
    requests,
    requestsPerSecond: requests / wallSeconds,
    cpuMsPerRequest: perRequest(after.gateway, before.gateway, "cpuSeconds", requests),
    upstreamPerRequest: (after.count - before.count) / requests,
    latencyMs: { median: quantile(latenciesMs, 0.5), p99: quantile(latenciesMs, 0.99) },
    residentMegabytes: after.gateway === undefined ? undefined : after.gateway.residentBytes / 2 ** 20,
    // What load and subgraphs have used of their processor: near 1, they are the limit and not the gateway.
    feederBusy: after.feedersCpuSeconds === undefined ? undefined : feederShare(before, after),
  };
}

async function readMeters(child, subgraphs) {
  const { count } = await askChild(subgraphs, { ask: "count" });
  const { user, system } = process.cpuUsage();
  const subgraphCpu = readUsage(subgraphs.pid)?.cpuSeconds;
  return {
    atMs: performance.now(),
    count,
    gateway: readUsage(child.pid),
    feedersCpuSeconds: subgraphCpu === undefined ? undefined : subgraphCpu + (user + system) / 1e6,
  };
}

function feederShare(before, after) {
  return (after.feedersCpuSeconds - before.feedersCpuSeconds) / ((after.atMs - before.atMs) / 1000);
}

function perRequest(after, before, meter, requests) {
  return after === undefined || before === undefined ? undefined : ((after[meter] - before[meter]) * 1000) / requests;
}

/** The medians of a contender's rounds. */
export function summarizeRounds(rounds) {
  const medianOf = (read) => median(rounds.map(read));
  return {
    requestsPerSecond: medianOf((round) => round.requestsPerSecond),
    cpuMsPerRequest: medianOf((round) => round.cpuMsPerRequest),
    upstreamPerRequest: medianOf((round) => round.upstreamPerRequest),
    latencyMs: {
      median: medianOf((round) => round.latencyMs.median),
      p99: medianOf((round) => round.latencyMs.p99),
    },
    residentMegabytes: medianOf((round) => round.residentMegabytes),
    feederBusy: medianOf((round) => round.feederBusy),
  };
}
