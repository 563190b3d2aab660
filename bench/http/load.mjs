import { connect } from "node:net";
import { performance } from "node:perf_hooks";
import { createMessageReader } from "./message-reader.mjs";

const IS_SUCCESS = /^HTTP\/1\.1 200 /;

/** Unique in this run, and of the form in which gateways take ids from clients. */
let lastRequestId = 0;

/**
 * Keeps `connections` connections busy with the same GraphQL request: on each the next one is sent when the answer is
 * there. After `durationMs` nothing new is sent and the answers under way are awaited, so that nothing is counted by half.
 * Every request has an id of its own, unless they are to be shared: then all are the same, byte for byte.
 * @param expectedBytes length of the right answer's body; any other answer is a failure
 * @returns `{ requests, failures, elapsedMs, latenciesMs }`; latencies ascend, those of each connection's first answer left out
 * @throws Error when a connection breaks or an answer does not come within `stallMs`
 */
export async function runLoad(options) {
  const { port, body, connections, durationMs, expectedBytes, isSharing = false, stallMs = 60_000 } = options;
  const head =
    `POST /graphql HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: application/json\r\n` +
    `accept: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n`;
  const tail = `\r\n${body}`;
  const latenciesMs = [];
  let requests = 0;
  let failures = 0;
  const startedAtMs = performance.now();
  const endsAtMs = startedAtMs + durationMs;
  const sockets = [];

  function keepBusy() {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: "127.0.0.1", noDelay: true });
      sockets.push(socket);
      let sentAtMs = 0;
      let isDone = false;
      let isFirst = true;

      function send() {
        lastRequestId += 1;
        sentAtMs = performance.now();
        socket.write(isSharing ? head + tail : `${head}x-request-id: bench-${lastRequestId}\r\n${tail}`);
      }

      const read = createMessageReader(({ head: responseHead, length }) => {
        const nowMs = performance.now();
        requests += 1;
        // Node accepts one connection in each turn of its event loop: of hundreds at once the last ones wait for seconds,
        // which says nothing of how long an answer takes.
        if (!isFirst) {
          latenciesMs.push(nowMs - sentAtMs);
        }
        isFirst = false;
        if (length !== expectedBytes || !IS_SUCCESS.test(responseHead)) {
          failures += 1;
        }
        if (nowMs < endsAtMs) {
          send();
        } else {
          isDone = true;
          socket.end();
          resolve();
        }
      });
      socket.setTimeout(stallMs, () => socket.destroy(new Error(`No answer within ${stallMs} ms.`)));
      socket.on("connect", send);
      socket.on("data", (bytes) => {
        try {
          read(bytes);
        } catch (error) {
          socket.destroy(error);
        }
      });
      socket.on("error", reject);
      socket.on("close", () => {
        if (!isDone) {
          reject(new Error("The server closed a connection under load."));
        }
      });
    });
  }

  try {
    await Promise.all(Array.from({ length: connections }, keepBusy));
  } finally {
    // One connection that breaks ends the others.
    for (const socket of sockets) {
      socket.destroy();
    }
  }
  const elapsedMs = performance.now() - startedAtMs;
  latenciesMs.sort((left, right) => left - right);
  return { requests, failures, elapsedMs, latenciesMs };
}
