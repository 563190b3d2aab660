/**
 * `node bench/engine.mjs [FOLDER ...]`: processor time of the engine alone, without HTTP on either side. It plans, prints
 * fetches, parses recorded answers, and prints the response, as bytes. It is steady to about a tenth where a whole benchmark
 * swings by a half, so it shows what a change is worth. Each FOLDER is a compiled gateway (`gateway/dist` without any);
 * several take turns. Compile first: `npm run build`.
 */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { executeRequest, readSubgraphSdl, SUBGRAPH_NAMES } from "./subgraphs/executable-subgraphs.mjs";

const QUERIES = { heavy: 150, medium: 1_000, light: 3_000, wide: 60 };
const ROUNDS = 15;
const WARM_UP_ROUNDS = 3;

const folders = process.argv.slice(2).map((folder) => resolve(folder));
if (folders.length === 0) {
  folders.push(fileURLToPath(new URL("../gateway/dist", import.meta.url)));
}

/** What each subgraph answers, by its name and the request's body: computed once. */
const answers = new Map();

async function findAnswer(name, { body, query, operationName, variables }) {
  const text = body ?? JSON.stringify({ query, operationName, variables });
  const key = `${name} ${text}`;
  if (!answers.has(key)) {
    answers.set(key, Buffer.from(JSON.stringify(await executeRequest(name, JSON.parse(text)))));
  }
  return answers.get(key).toString("utf8");
}

function openEngine(folder) {
  const require = createRequire(`${folder}/gateway.js`);
  const { composeSupergraph } = require("./composition/compose-supergraph.js");
  const { createGateway } = require("./gateway.js");
  const { parseAnswer, readAnswer = parseAnswer } = require("./egress/response-body.js");
  const { serializeResponse } = require("./http/operation-answer.js");
  const { supergraphSdl } = composeSupergraph(
    SUBGRAPH_NAMES.map((name) => ({ name, url: `http://${name}.test`, sdl: readSubgraphSdl(name) })),
  );
  const close = async () => undefined;
  const transports = new Map(
    SUBGRAPH_NAMES.map((name) => {
      const execute = async (request) => readAnswer(await findAnswer(name, request), name, request.readText);
      return [name, { execute, close }];
    }),
  );
  const gateway = createGateway({ supergraphSdl, transports, log: require("pino")({ level: "silent" }) });
  // What the HTTP room gives: builds before it had one take an AbortSignal.
  const end = `${folder}/request-end.js`;
  const signal = existsSync(end) ? new (require(end).RequestEnd)() : new AbortController().signal;
  return async (query) => {
    const deadlineAtMs = Date.now() + 30_000;
    const request = { query, authorizationClass: "public", requestId: "x", deadlineAtMs, signal, allowMutation: true };
    const response = await gateway.execute(request);
    return Buffer.from(serializeResponse(response));
  };
}

async function measureMicroseconds(run, query, times) {
  const before = process.cpuUsage();
  for (let count = 0; count < times; count += 1) {
    await run(query);
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / times;
}

const engines = folders.map((folder) => ({ folder, run: openEngine(folder) }));
for (const [name, times] of Object.entries(QUERIES)) {
  const query = readFileSync(new URL(`gateways/queries/${name}.graphql`, import.meta.url), "utf8");
  const best = new Map();
  const texts = new Set();
  for (const { run } of engines) {
    texts.add((await run(query)).toString());
  }
  if (texts.size > 1 || [...texts][0].includes('"errors"')) {
    throw new Error(`The answers to ${name} differ, or have errors.`);
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { folder, run } of engines) {
      const spent = await measureMicroseconds(run, query, times);
      if (round >= WARM_UP_ROUNDS) {
        best.set(folder, Math.min(best.get(folder) ?? Number.POSITIVE_INFINITY, spent));
      }
    }
  }
  for (const [folder, spent] of best) {
    console.log(`${name.padEnd(8)}${spent.toFixed(1).padStart(9)} µs  ${folder}`);
  }
}
