/**
 * `npm run bench -- planning`: how long the first plan of an operation takes, over federations of 4 to 1,000 subgraphs; the planner
 * of ours and @apollo/query-planner, each in a thread of its own with a time limit. Prints a table and writes
 * bench/results/DATE-planning.json.
 */
import { createRequire } from "node:module";
import { loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { referredBy } from "../composition/generated-federations.mjs";
import { describeMachine, readCommit, writeResults } from "../gateways/report.mjs";
import { median } from "../gateways/statistics.mjs";
import { measurePlanner } from "./planner-thread.mjs";

const require = createRequire(import.meta.url);
const COMPOSITION = fileURLToPath(new URL("../../gateway/dist/composition/compose-supergraph.js", import.meta.url));
const RESULTS = new URL("../results/", import.meta.url);
const HELP = `npm run bench -- planning [--smoke]
  Milliseconds until a planner is ready, and of the first plan of an operation over up to eight subgraphs.
  --smoke   4 and 20 subgraphs only, nothing written`;
const TIME_LIMIT_MS = 120_000;

const { values } = parseArgs({
  args: process.argv.slice(3),
  options: { smoke: { type: "boolean", default: false }, help: { type: "boolean", short: "h", default: false } },
});

if (values.help) {
  console.log(HELP);
} else {
  await measure(values.smoke);
}

async function measure(isSmoke) {
  const results = [];
  for (const subgraphs of isSmoke ? [4, 20] : [4, 20, 100, 400, 1_000]) {
    const supergraphSdl = compose(subgraphs);
    const queries = Array.from({ length: isSmoke ? 3 : 20 }, (_, index) => writeQuery(subgraphs, index));
    const result = { subgraphs };
    for (const planner of ["ours", "apollo"]) {
      const measured = await measurePlanner({ planner, supergraphSdl, queries }, TIME_LIMIT_MS);
      result[planner] = measured && {
        readyMs: measured.readyMs,
        planMs: median(measured.planMs),
        fetches: measured.fetches,
      };
    }
    results.push(result);
    console.log(JSON.stringify(result));
  }
  if (!isSmoke) {
    writeResults(fileURLToPath(new URL(`${new Date().toISOString().slice(0, 10)}-planning.json`, RESULTS)), {
      what: `milliseconds: readyMs from the supergraph's text to a planner, planMs the median first plan of ${20} different operations; fetches in the plan; null after ${TIME_LIMIT_MS / 1000} s`,
      commit: readCommit(),
      machine: describeMachine({ isPinned: false }),
      loadAverage: loadavg(),
      results,
    });
  }
}

/** The alliance and members that refer to its entities: `count` subgraphs. */
function compose(count) {
  const { composeSupergraph } = require(COMPOSITION);
  const { supergraphSdl, errors } = composeSupergraph(referredBy(count - 1));
  if (errors !== undefined) {
    throw new Error(errors.map(({ message }) => message).join("\n"));
  }
  return supergraphSdl;
}

/** Reports of seven members, each with the need and the person it is about, which the alliance has. No two are the same. */
function writeQuery(subgraphs, index) {
  const members = Array.from(
    { length: Math.min(7, subgraphs - 1) },
    (_, at) => (index * 7 + at * 13) % (subgraphs - 1),
  );
  const fields = [...new Set(members)].map(
    (member) => `m${member}Reports { title about { name next { name } } owner { name next { next { name } } } }`,
  );
  return `query Q${index} { ${fields.join(" ")} }`;
}
