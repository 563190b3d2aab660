/** One planner in a thread, which is ended when it takes too long. */
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";

const GATEWAY = fileURLToPath(new URL("../../gateway/dist/", import.meta.url));

/**
 * @param work `{ planner: "ours" | "apollo", supergraphSdl, queries }`
 * @returns `{ readyMs, planMs, fetches }`, planMs one for each query; null when the time limit is over
 */
export async function measurePlanner(work, timeLimitMs) {
  const worker = new Worker(new URL(import.meta.url), { workerData: work });
  let timer;
  try {
    return await new Promise((resolve, reject) => {
      timer = setTimeout(() => resolve(null), timeLimitMs);
      worker.once("error", reject);
      worker.once("message", resolve);
    });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}

if (!isMainThread) {
  const { planner, supergraphSdl, queries } = workerData;
  const open = planner === "ours" ? openOurs : openApollo;
  const startedAt = performance.now();
  const plan = open(supergraphSdl);
  const readyMs = performance.now() - startedAt;
  const planMs = [];
  let fetches = 0;
  for (const query of queries) {
    const plannedAt = performance.now();
    const made = await plan(query);
    planMs.push(performance.now() - plannedAt);
    fetches = JSON.stringify(made).match(/"kind":"(Batch)?Fetch"/g).length;
  }
  parentPort.postMessage({ readyMs, planMs, fetches });
}

/** Limits, validation and preparation of the operation are in it, as when a request comes in. */
function openOurs(supergraphSdl) {
  const require = createRequire(import.meta.url);
  const { createPlanner } = require(`${GATEWAY}planning/planner.js`);
  const { DEFAULT_OPERATION_LIMITS } = require(`${GATEWAY}planning/operation-limits.js`);
  const planner = createPlanner(supergraphSdl, {
    limits: DEFAULT_OPERATION_LIMITS,
    introspection: true,
    cache: { maxEntries: 1_000, maxWeight: 2_000_000 },
  });
  return async (query) => (await planner.planOperation(planner.findOperation(query, undefined), {})).plan;
}

/** Parsing and validation are in it, as in @apollo/gateway. */
function openApollo(supergraphSdl) {
  const require = createRequire(import.meta.url);
  const { QueryPlanner } = require("@apollo/query-planner");
  const { operationFromDocument, Supergraph } = require("@apollo/federation-internals");
  const { parse, validate } = require("graphql");
  const supergraph = Supergraph.build(supergraphSdl);
  const planner = new QueryPlanner(supergraph);
  const schema = supergraph.apiSchema();
  const graphqlSchema = schema.toGraphQLJSSchema();
  return async (query) => {
    const document = parse(query);
    if (validate(graphqlSchema, document).length > 0) {
      throw new Error("The query is not valid.");
    }
    return planner.buildQueryPlan(operationFromDocument(schema, document));
  };
}
