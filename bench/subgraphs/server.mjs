/**
 * All four subgraphs in one process, a port each. Started with a channel to its parent, which tells it what to do:
 *   { ask: "listen" }            -> { ports: { accounts: 20001, ... } }
 *   { ask: "count" }             -> { count }: requests answered so far, all subgraphs together
 *   { ask: "record", delayMs }   -> {}: from now on every answer waits that long and is written down
 *   { ask: "recorded" }          -> { waves }: what was asked since, see request-recorder.mjs; recording ends
 *
 * The first answer to a request body is computed with graphql-js and @apollo/subgraph; later ones with the same body are
 * sent as the bytes they were. The data never changes, and what is measured is the gateway in front.
 */
import { createServer } from "node:net";
import { listenOnFreePort } from "../http/free-port.mjs";
import { createMessageReader } from "../http/message-reader.mjs";
import { executeRequest, SUBGRAPH_NAMES } from "./executable-subgraphs.mjs";
import { RequestRecorder } from "./request-recorder.mjs";

const MAX_CACHED_ANSWERS = 10_000;
const CLOSE_AFTERWARDS = /\r\nconnection: *close/i;

let count = 0;
let recorder;

function openSubgraph(name) {
  const answers = new Map();

  async function answer(body) {
    const known = answers.get(body);
    if (known !== undefined) {
      return known;
    }
    const bytes = printResponse(await executeRequest(name, JSON.parse(body)));
    if (answers.size < MAX_CACHED_ANSWERS) {
      answers.set(body, bytes);
    }
    return bytes;
  }

  async function handle(socket, { head, pieces, length }) {
    count += 1;
    const body = pieces.length === 1 ? pieces[0].utf8Slice(0, length) : Buffer.concat(pieces, length).toString();
    const known = recorder === undefined ? answers.get(body) : undefined;
    if (known === undefined) {
      await recorder?.wait(name, body);
      socket.write(await answer(body));
    } else {
      socket.write(known);
    }
    if (CLOSE_AFTERWARDS.test(head)) {
      socket.end();
    }
  }

  return createServer({ noDelay: true }, (socket) => {
    // Answers leave in the order of the requests, also when a gateway sends several without waiting.
    let last = Promise.resolve();
    const read = createMessageReader((message) => {
      last = last.then(() => handle(socket, message)).catch((error) => socket.destroy(error));
    });
    socket.on("error", () => socket.destroy());
    socket.on("data", (bytes) => {
      try {
        read(bytes);
      } catch {
        socket.destroy();
      }
    });
  });
}

function printResponse(result) {
  const body = JSON.stringify(result);
  const head = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n`;
  return Buffer.from(head + body);
}

async function listen() {
  const ports = {};
  for (const name of SUBGRAPH_NAMES) {
    ports[name] = await listenOnFreePort(openSubgraph(name));
  }
  return { ports };
}

async function obey({ ask, delayMs }) {
  switch (ask) {
    case "listen":
      return listen();
    case "count":
      return { count };
    case "record":
      recorder = new RequestRecorder(delayMs);
      return {};
    case "recorded": {
      const { waves } = recorder;
      recorder = undefined;
      return { waves };
    }
    default:
      throw new Error(`Nobody knows how to ${ask}.`);
  }
}

process.on("message", (message) => {
  obey(message).then(
    (reply) => process.send(reply),
    (error) => process.send({ error: String(error) }),
  );
});
