/**
 * `node bare-server.mjs RECORDING_FILE PORT bytes|json`: no gateway, but what a gateway cannot do without. For every
 * operation it makes the recorded requests to the subgraphs, wave by wave, and answers with the recorded bytes. With `json`
 * it also parses what the subgraphs answer and prints the answer from an object: the ceilings to compare with.
 */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { Pool } from "undici";

const [recordingFile, port, mode] = process.argv.slice(2);
const { urls, operations } = JSON.parse(readFileSync(recordingFile, "utf8"));
const isJson = mode === "json";

const pools = new Map(
  Object.entries(urls).map(([name, url]) => {
    const { origin, pathname } = new URL(url);
    return [name, { pool: new Pool(origin, { connections: 64 }), path: pathname }];
  }),
);
const recordings = new Map(
  operations.map(({ request, answer, waves }) => [request, { answer, text: JSON.stringify(answer), waves }]),
);

function send({ subgraph, body }, requestId) {
  const { pool, path } = pools.get(subgraph);
  return new Promise((resolve, reject) => {
    const pieces = [];
    pool.dispatch(
      { method: "POST", path, headers: { "content-type": "application/json", "x-request-id": requestId }, body },
      {
        onRequestStart() {},
        onResponseStart() {},
        onResponseData: (_, piece) => pieces.push(piece),
        onResponseEnd: () => resolve(isJson ? JSON.parse(Buffer.concat(pieces).toString()) : pieces),
        onResponseError: (_, error) => reject(error),
      },
    );
  });
}

async function answer(body, requestId) {
  const recording = recordings.get(body);
  if (recording === undefined) {
    return { status: 404, text: '{"errors":[{"message":"Not recorded."}]}' };
  }
  for (const wave of recording.waves) {
    await Promise.all(wave.map((request) => send(request, requestId)));
  }
  return { status: 200, text: isJson ? JSON.stringify(recording.answer) : recording.text };
}

createServer((request, response) => {
  const pieces = [];
  request.on("data", (piece) => pieces.push(piece));
  request.on("end", () => {
    answer(Buffer.concat(pieces).toString(), request.headers["x-request-id"] ?? "")
      .catch((error) => ({ status: 502, text: JSON.stringify({ errors: [{ message: error.message }] }) }))
      .then(({ status, text }) => {
        response.writeHead(status, { "content-type": "application/json", "content-length": Buffer.byteLength(text) });
        response.end(text);
      });
  });
}).listen(Number(port), "127.0.0.1");
