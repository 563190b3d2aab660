import { brotliCompressSync, constants, deflateSync, gzipSync } from "node:zlib";
import { type HostileMode, INNER_TEXT } from "./hostile-mode";
import type { HostileAnswer, HostileExchange } from "./hostile-server";

const JSON_TYPE = { "content-type": "application/json" };

/** What an endless answer would come to if nobody stopped it. */
const ENDLESS_BYTES = 256 * 1024 * 1024;

const textOf = ({ honest }: HostileExchange) => JSON.stringify(honest);

/** Bytes as they are, past Node's own HTTP. */
const raw =
  (write: (exchange: HostileExchange) => string): HostileAnswer =>
  (exchange) =>
    void exchange.socket.write(write(exchange));

const status =
  (code: number, type: string, body: (exchange: HostileExchange) => string, more: object = {}): HostileAnswer =>
  (exchange) =>
    void exchange.response.writeHead(code, { "content-type": type, ...more }).end(body(exchange));

const BOMB = Buffer.from(`{"data":${JSON.stringify(" ".repeat(32 * 1024 * 1024))}}`);

const compressFast = (bytes: Buffer) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });

/** 32 MiB of spaces in some kilobytes. */
const compressed =
  (encoding: string, compress: (bytes: Buffer) => Buffer): HostileAnswer =>
  ({ response }) =>
    void response.writeHead(200, { ...JSON_TYPE, "content-encoding": encoding }).end(compress(BOMB));

/** Writes the same bytes again and again as long as somebody reads, at most `ENDLESS_BYTES` of them. */
const endless =
  (framing: string, piece: string): HostileAnswer =>
  ({ socket }) => {
    socket.write(`HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n${framing}\r\n\r\n`);
    let leftBytes = ENDLESS_BYTES;
    const write = () => {
      while (leftBytes > 0 && !socket.destroyed) {
        leftBytes -= piece.length;
        if (!socket.write(piece)) {
          socket.once("drain", write);
          return;
        }
      }
    };
    write();
  };

/** Repeats until the other side has gone. */
const repeat = (exchange: HostileExchange, everyMs: number, write: () => void): void => {
  const timer = setInterval(write, everyMs);
  exchange.socket.on("close", () => clearInterval(timer));
};

const unavailable = (outcome: HostileMode["outcome"], answer: HostileAnswer): HostileMode => ({
  answer,
  effect: "nulls",
  outcome,
});

const invalid = (answer: HostileAnswer) => unavailable("invalid", answer);

/** Hostile below GraphQL: connections, HTTP, media types, sizes. */
export const HOSTILE_CONNECTIONS: Readonly<Record<string, HostileMode>> = {
  "closes the connection": unavailable("unreachable", ({ socket }) => void socket.destroy()),
  "resets the connection": unavailable("unreachable", ({ socket }) => void socket.resetAndDestroy()),
  "hangs before the headers": unavailable("timed_out", () => {}),
  "hangs in the headers": unavailable(
    "timed_out",
    raw(() => "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nx-"),
  ),
  "hangs in the body": unavailable(
    "timed_out",
    ({ response }) => void response.writeHead(200, JSON_TYPE).write('{"data":{'),
  ),
  "never ends a complete body": unavailable(
    "timed_out",
    (exchange) => void exchange.response.writeHead(200, JSON_TYPE).write(textOf(exchange)),
  ),
  "drips without end": unavailable("timed_out", (exchange) => {
    exchange.response.writeHead(200, JSON_TYPE);
    repeat(exchange, 5, () => exchange.response.write(" "));
  }),
  "sends provisional answers without end": unavailable("timed_out", (exchange) =>
    repeat(exchange, 5, () => exchange.socket.write("HTTP/1.1 103 Early Hints\r\nlink: </x>; rel=preload\r\n\r\n")),
  ),
  "sends half an answer with its length": unavailable("unreachable", (exchange) => {
    exchange.response.writeHead(200, { ...JSON_TYPE, "content-length": "1000" }).write(textOf(exchange));
    setTimeout(() => exchange.socket.destroy(), 5);
  }),
  "sends half an answer in chunks": unavailable("unreachable", (exchange) => {
    exchange.response.writeHead(200, JSON_TYPE).write(textOf(exchange));
    setTimeout(() => exchange.socket.destroy(), 5);
  }),
  "speaks no HTTP": invalid(raw(() => `SSH-2.0-${INNER_TEXT}\r\n\r\n`)),
  "sends a chunk of a size that is none": invalid(
    raw(() => "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\nzzz\r\n"),
  ),
  "sends headers without end": invalid(
    raw(
      () =>
        `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n${"x-filler: ".concat("x".repeat(1_000), "\r\n").repeat(100)}`,
    ),
  ),
  "sends a second answer behind the first": {
    effect: "none",
    answer: raw((exchange) => {
      const forged = '{"data":{"board":{"title":"forged","level":1,"entries":[]},"record":{"title":"forged"}}}';
      return [textOf(exchange), forged]
        .map(
          (text) =>
            `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
        )
        .join("");
    }),
  },
  "switches protocols": invalid(
    raw(() => "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n"),
  ),
  "answers 500 in JSON": invalid(status(500, "application/json", () => `{"errors":[{"message":"${INNER_TEXT}"}]}`)),
  "answers 503 as a proxy": invalid(status(503, "text/html", () => `<h1>${INNER_TEXT}</h1>`)),
  "answers 204": invalid(({ response }) => void response.writeHead(204).end()),
  "redirects to the inside": invalid(
    ({ response, innerUrl }) => void response.writeHead(302, { location: innerUrl }).end(),
  ),
  "redirects with the method, in GraphQL's media type": invalid(({ response, innerUrl }) => {
    response.writeHead(307, { location: innerUrl, "content-type": "application/graphql-response+json" }).end("{}");
  }),
  "asks for credentials": unavailable(
    "refused",
    status(401, "application/json", () => `{"errors":[{"message":"${INNER_TEXT}"}]}`, {
      "www-authenticate": `Basic realm="${INNER_TEXT}"`,
    }),
  ),
  "sends cookies and headers for the client": {
    effect: "none",
    answer: status(200, "application/json", textOf, {
      "set-cookie": `session=${INNER_TEXT}`,
      "x-inner": INNER_TEXT,
      server: INNER_TEXT,
      "access-control-allow-origin": "*",
      "clear-site-data": "*",
      trailer: "x-trailer",
    }),
  },
  "sends a gzip bomb": invalid(compressed("gzip", gzipSync)),
  "sends a brotli bomb": invalid(compressed("br", compressFast)),
  "sends a deflate bomb, in capitals": invalid(compressed("DEFLATE", deflateSync)),
  "sends a page": invalid(status(200, "text/html", () => `<script>${INNER_TEXT}</script>`)),
  "sends a stream of events": invalid(status(200, "text/event-stream", (exchange) => `data: ${textOf(exchange)}\n\n`)),
  "names no media type": invalid((exchange) => void exchange.response.writeHead(200).end(textOf(exchange))),
  "announces a huge answer": invalid(endless(`content-length: ${ENDLESS_BYTES}`, " ".repeat(65_536))),
  "sends a huge answer": invalid(endless("transfer-encoding: chunked", `10000\r\n${" ".repeat(65_536)}\r\n`)),
  "sends a huge answer byte by byte": {
    ...invalid(endless("transfer-encoding: chunked", "1\r\n \r\n".repeat(10_000))),
    otherOutcome: "timed_out",
  },
};
