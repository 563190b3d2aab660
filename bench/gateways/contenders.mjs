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

/**
 * In the order in which they take turns.
 *   environment variables that its program is started with
 *   nodeFlags   flags for Node that its own way of starting sets
 *   packages    what must be installed in bench/
 *   program     arguments for Node, given the files and the port
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
    program: ({ supergraphFile, port }) => [script("hive-gateway.mjs"), supergraphFile, String(port), "js"],
  },
  {
    name: "hive-rust",
    title: "Hive Gateway, Rust planner",
    packages: ["@graphql-hive/gateway-runtime", "@graphql-hive/router-runtime"],
    program: ({ supergraphFile, port }) => [script("hive-gateway.mjs"), supergraphFile, String(port), "rust"],
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

/** Arguments for Node. @param isSameFlags gives every contender the flags of ours */
export function describeProgram({ nodeFlags = [], program }, files, isSameFlags) {
  return [...(isSameFlags ? OUR_FLAGS : nodeFlags), ...program(files)];
}

function script(name) {
  return fileURLToPath(new URL(name, CONTENDERS_FOLDER));
}
