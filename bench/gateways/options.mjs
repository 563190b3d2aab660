import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { CONTENDER_NAMES } from "./contenders.mjs";
import { QUERY_NAMES } from "./graph-under-test.mjs";

const RESULTS = new URL("../results/", import.meta.url);

const OPTIONS = {
  rounds: { type: "string", default: "5" },
  seconds: { type: "string", default: "4" },
  warmup: { type: "string", default: "3" },
  connections: { type: "string", default: "32" },
  only: { type: "string" },
  queries: { type: "string" },
  out: { type: "string" },
  sharing: { type: "boolean", default: false },
  "same-flags": { type: "boolean", default: false },
  smoke: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
};

export const HELP = `npm run bench -- [options]

Measures gateways over the same four subgraphs: requests a second, processor time a request, memory.

  --rounds N         counted turns of each gateway per query, at least 1 (5)
  --seconds N        length of a turn (4)
  --warmup N         seconds of the first turn, which is not counted (3)
  --connections N    connections that each wait for an answer before they ask again (32)
  --only NAMES       some of ${CONTENDER_NAMES.join(",")}
  --queries NAMES    some of ${QUERY_NAMES.join(",")}
  --sharing          identical requests without an id of their own, and everyone shares what it can
  --same-flags       start every gateway with the flags for Node that ours is started with
  --out FILE         where the figures are written, as JSON (bench/results/<date>-gateways.json, -sharing.json)
  --smoke            one turn of 1 s each, without what is not installed, nothing written: does it work?
  --help             this text
`;

/**
 * What the command line asks for.
 * @throws Error in words for the user
 */
export function readOptions(args, now = new Date()) {
  const { values } = parseArgs({ args, options: OPTIONS });
  const date = now.toISOString().slice(0, 10);
  const isSmoke = values.smoke;
  return {
    isHelp: values.help,
    isSmoke,
    isSameFlags: values["same-flags"],
    isSharing: values.sharing,
    only: readNames("only", values.only, CONTENDER_NAMES),
    queries: readNames("queries", values.queries, QUERY_NAMES) ?? QUERY_NAMES,
    outFile: isSmoke
      ? undefined
      : (values.out ?? fileURLToPath(new URL(`${date}-gateways${values.sharing ? "-sharing" : ""}.json`, RESULTS))),
    load: {
      rounds: isSmoke ? 1 : readCount("rounds", values.rounds),
      seconds: isSmoke ? 1 : readCount("seconds", values.seconds),
      warmupSeconds: isSmoke ? 0 : readCount("warmup", values.warmup),
      connections: readCount("connections", values.connections),
      isSharing: values.sharing,
    },
  };
}

function readCount(name, text) {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) {
    throw new Error(`--${name} must be a whole number from 1, not ${text}.`);
  }
  return count;
}

function readNames(name, text, known) {
  const names = text?.split(",").map((part) => part.trim());
  const unknown = names?.filter((one) => !known.includes(one)) ?? [];
  if (unknown.length > 0) {
    throw new Error(`--${name} knows ${known.join(", ")}, not ${unknown.join(", ")}.`);
  }
  return names;
}
