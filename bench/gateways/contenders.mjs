import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const CONTENDERS_FOLDER = new URL("contenders/", import.meta.url);
const INSTALLED = new URL("../node_modules/", import.meta.url);
const OURS = fileURLToPath(new URL("../../gateway/dist/main.js", import.meta.url));

/** The flag with which `npm run gateway` starts ours: a larger young generation for answers that live for milliseconds. */
const OUR_FLAGS = ["--max-semi-space-size=64"];

/** By default ours sends once what several ask for at the same time; here everybody answers every request by itself. */
export const NOTHING_SHARED = {
  SHARE_REQUESTS: "false",
  SHARE_FETCHES: "false",
  BATCH_ENTITIES: "false",
  CACHE_HINTS: "false",
};

/** Grafbase's own program, where there is one for this machine: an optional package. */
const GRAFBASE = "@grafbase/cli-x86_64-unknown-linux-musl";

/**
 * In the order in which they take turns.
 *   environment variables that its program is started with, unless sharing is on
 *   nodeFlags   flags for Node that its own way of starting sets
 *   packages    what must be installed in bench/
 *   program     arguments for Node, given the files and the port
 *   command     the program, where it is not Node; `program` is its arguments then
 *   leavesOut   queries that it is known to answer wrongly
 *   isOptional  may be left out where it cannot be installed
 *   isCeiling   no gateway, but what none can beat
 */
const CONTENDERS = [
  {
    name: "ours",
    title: "Alliance Hub gateway",
    nodeFlags: OUR_FLAGS,
    environment: NOTHING_SHARED,
    packages: [],
    program: ({ supergraphFile, port }) => [OURS, "--supergraph", supergraphFile, "--port", String(port), "--open"],
  },
  {
    name: "apollo",
    title: "@apollo/gateway",
    packages: ["@apollo/gateway", "@apollo/server"],
    program: ({ supergraphFile, port }) => [script("apollo-gateway.mjs"), supergraphFile, String(port)],
  },
  {
    name: "hive-js",
    title: "Hive Gateway, JavaScript planner",
    packages: ["@graphql-hive/gateway-runtime"],
    program: ({ supergraphFile, port, isSharing }) => [
      script("hive-gateway.mjs"),
      supergraphFile,
      String(port),
      "js",
      isSharing ? "shared" : "apart",
    ],
  },
  {
    name: "hive-rust",
    title: "Hive Gateway, Rust planner",
    packages: ["@graphql-hive/gateway-runtime", "@graphql-hive/router-runtime"],
    program: ({ supergraphFile, port, isSharing }) => [
      script("hive-gateway.mjs"),
      supergraphFile,
      String(port),
      "rust",
      isSharing ? "shared" : "apart",
    ],
  },
  {
    name: "mercurius",
    title: "Mercurius gateway",
    packages: ["@mercuriusjs/gateway", "mercurius", "fastify"],
    // It asks for shippingEstimate without the price and the weight that the field requires.
    leavesOut: ["medium"],
    program: ({ subgraphsFile, port }) => [script("mercurius-gateway.mjs"), subgraphsFile, String(port)],
  },
  {
    name: "grafbase",
    title: "Grafbase (Rust), its development server",
    packages: [GRAFBASE],
    isOptional: true,
    command: fileURLToPath(new URL(`${GRAFBASE}/grafbase`, INSTALLED)),
    program: ({ grafbaseFile, port }) => ["dev", "--config", grafbaseFile, "--port", String(port)],
  },
  {
    name: "bare-json",
    title: "Bare server, parses and prints JSON",
    nodeFlags: OUR_FLAGS,
    packages: [],
    isCeiling: true,
    program: ({ recordingFile, port }) => [script("bare-server.mjs"), recordingFile, String(port), "json"],
  },
  {
    name: "bare-bytes",
    title: "Bare server, copies bytes",
    nodeFlags: OUR_FLAGS,
    packages: [],
    isCeiling: true,
    program: ({ recordingFile, port }) => [script("bare-server.mjs"), recordingFile, String(port), "bytes"],
  },
];

export const CONTENDER_NAMES = CONTENDERS.map(({ name }) => name);

/** @param only names, all when undefined */
export function chooseContenders(only) {
  return CONTENDERS.filter(({ name }) => only === undefined || only.includes(name));
}

/** Whether a contender can be started without installing anything. */
export function isInstalled({ packages }) {
  return packages.every((name) => existsSync(new URL(`${name}/package.json`, INSTALLED)));
}

/** Package -> version, as installed. */
export function readVersions({ packages }) {
  return Object.fromEntries(
    packages.map((name) => [
      name,
      JSON.parse(readFileSync(new URL(`${name}/package.json`, INSTALLED), "utf8")).version,
    ]),
  );
}

/**
 * How a contender is started: `{ command, args, environment }`, no command for Node.
 * @param isSameFlags gives every contender that runs on Node the flags of ours
 */
export function describeProgram({ command, nodeFlags = [], environment, program }, files, isSameFlags) {
  const flags = command === undefined ? (isSameFlags ? OUR_FLAGS : nodeFlags) : [];
  return { command, args: [...flags, ...program(files)], environment: files.isSharing ? {} : environment };
}

function script(name) {
  return fileURLToPath(new URL(name, CONTENDERS_FOLDER));
}
