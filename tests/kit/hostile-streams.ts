import type { CallOutcome } from "@alliance-hub/gateway/request/completeness";
import type { WebSocket } from "ws";
import { INNER_TEXT } from "./hostile-mode";
import type { HostileAnswer, HostileExchange } from "./hostile-server";

/** One way to be hostile with a stream of events. */
export interface HostileStream<Act> {
  readonly act: Act;
  /** Honest results that reach the client before the stream is given up; at least so many where it is for its speed. */
  readonly results: number;
  /** What the last result says of the instance; `too_slow` where the stream is ended for its speed; undefined: it completes. */
  readonly outcome?: CallOutcome | "too_slow";
}

const EVENT_STREAM = { "content-type": "text/event-stream" };
const next = (text: string) => `event: next\ndata: ${text}\n\n`;
const honestEvent = ({ honest }: HostileExchange) => next(JSON.stringify(honest));

const stream =
  (write: (exchange: HostileExchange) => void): HostileAnswer =>
  (exchange) => {
    exchange.response.writeHead(200, EVENT_STREAM);
    write(exchange);
  };

/** Writes the same again and again as long as somebody reads. */
const endless = (piece: (exchange: HostileExchange) => string): HostileAnswer =>
  stream((exchange) => {
    const text = piece(exchange);
    const { response } = exchange;
    const write = () => {
      while (!response.destroyed && response.write(text)) {
        // As much as the connection takes.
      }
    };
    response.on("drain", write);
    write();
  });

const say = (text: (exchange: HostileExchange) => string): HostileAnswer =>
  stream((exchange) => void exchange.response.write(text(exchange)));

const MANY = 200_000;

/** Over SSE. Whatever they do not end themselves stays open. */
export const HOSTILE_EVENT_STREAMS: Readonly<Record<string, HostileStream<HostileAnswer>>> = {
  "is silent from the beginning": { act: say(() => ":\n\n"), results: 0, outcome: "timed_out" },
  "is silent after an event": { act: say(honestEvent), results: 1, outcome: "timed_out" },
  "breaks off after an event": {
    act: stream((exchange) => {
      exchange.response.write(honestEvent(exchange));
      setTimeout(() => exchange.socket.resetAndDestroy(), 20);
    }),
    results: 1,
    outcome: "unreachable",
  },
  "ends without saying so": {
    act: stream((exchange) => void exchange.response.end(honestEvent(exchange))),
    results: 1,
    outcome: "unreachable",
  },
  "goes on after its end": {
    act: stream((exchange) => {
      exchange.response.end(`${honestEvent(exchange)}event: complete\n\n${honestEvent(exchange)}`);
    }),
    results: 1,
  },
  "sends an event without a line's end": {
    act: endless(() => "data: ".padEnd(65_536, "x")),
    results: 0,
    outcome: "invalid",
  },
  "sends an event whose lines do not end it": {
    act: endless(() => `data: ${"x".repeat(1_000)}\n`.repeat(64)),
    results: 0,
    outcome: "invalid",
  },
  "sends a huge event": { act: endless(() => next(`"${"x".repeat(2_000_000)}"`)), results: 0, outcome: "invalid" },
  "sends comments without end": {
    act: endless(() => `: ${INNER_TEXT}\n`.repeat(1_000)),
    results: 0,
    outcome: "invalid",
  },
  "sends empty lines without end": { act: endless(() => "\n".repeat(65_536)), results: 0, outcome: "invalid" },
  "sends unknown fields without end": {
    act: endless(() => `id: ${INNER_TEXT}\nretry: 1\n`.repeat(1_000)),
    results: 0,
    outcome: "invalid",
  },
  "sends unknown events without end": {
    act: endless(() => `event: ${INNER_TEXT}\ndata: {}\n\n`.repeat(1_000)),
    results: 0,
    outcome: "invalid",
  },
  "sends events that are no JSON": { act: say(() => next(`{"data": ${INNER_TEXT}`)), results: 0, outcome: "invalid" },
  "sends events that nest without end": {
    act: say(({ honest }) =>
      next(`{"x":${"[".repeat(MANY)}${"]".repeat(MANY)},"data":${JSON.stringify(honest.data)}}`),
    ),
    results: 0,
    outcome: "invalid",
  },
  "sends events faster than they are answered": {
    act: stream((exchange) => void exchange.response.write(honestEvent(exchange).repeat(1_000))),
    results: 3,
    outcome: "too_slow",
  },
  "sends lines that end in three ways": {
    act: stream((exchange) => {
      const text = JSON.stringify(exchange.honest);
      exchange.response.end(
        `\uFEFFevent: next\rdata: ${text}\r\revent:next\r\ndata:${text}\r\n\r\nevent: complete\n\n`,
      );
    }),
    results: 2,
  },
  "sends an event in single bytes": {
    act: stream((exchange) => {
      for (const byte of Buffer.from(honestEvent(exchange))) {
        exchange.response.write(Buffer.of(byte));
      }
      exchange.response.end("event: complete\n\n");
    }),
    results: 1,
  },
  "compresses its stream": {
    act: (exchange) => {
      exchange.response.writeHead(200, { ...EVENT_STREAM, "content-encoding": "gzip" }).write("x");
    },
    results: 0,
    outcome: "invalid",
  },
  "redirects to a stream inside": {
    act: ({ response, innerUrl }) => void response.writeHead(307, { ...EVENT_STREAM, location: innerUrl }).end(),
    results: 0,
    outcome: "invalid",
  },
  "streams with the status of an error": {
    act: (exchange) => {
      exchange.response.writeHead(500, EVENT_STREAM).end(honestEvent(exchange));
    },
    results: 0,
    outcome: "invalid",
  },
};

interface HostileSocket {
  readonly socket: WebSocket;
  /** The honest result of the subscription. */
  readonly honest: string;
  say(message: object | string): void;
}

/** What a socket does at each step; what is not named is done honestly. */
export interface SocketConduct {
  readonly onInit?: (exchange: HostileSocket) => void;
  readonly onSubscribe?: (exchange: HostileSocket) => void;
}

const ACK = { type: "connection_ack" };
const NEXT = (honest: string, id = "1") => `{"id":"${id}","type":"next","payload":${honest}}`;
const invalid = (onSubscribe: (exchange: HostileSocket) => void, results = 0): HostileStream<SocketConduct> => ({
  act: { onSubscribe },
  results,
  outcome: "invalid",
});

/** Sends as long as the other side is there. */
const flood = (send: (exchange: HostileSocket) => void) => (exchange: HostileSocket) => {
  const timer = setInterval(() => {
    for (let index = 0; index < 500 && exchange.socket.readyState === 1; index += 1) {
      send(exchange);
    }
  }, 1);
  exchange.socket.on("close", () => clearInterval(timer));
};

/** Over graphql-transport-ws. */
export const HOSTILE_SOCKETS: Readonly<Record<string, HostileStream<SocketConduct>>> = {
  "never acknowledges": { act: { onInit: () => {} }, results: 0, outcome: "timed_out" },
  "sends an event before it acknowledges": {
    act: { onInit: ({ say, honest }) => say(NEXT(honest)) },
    results: 0,
    outcome: "invalid",
  },
  "acknowledges twice": invalid(({ say }) => say(ACK)),
  "sends an event with another's id": invalid(({ say, honest }) => say(NEXT(honest, "2"))),
  "completes another's subscription": invalid(({ say }) => say({ id: "2", type: "complete" })),
  "sends an event without an id": invalid(({ say, honest }) => say(`{"type":"next","payload":${honest}}`)),
  "sends a type that there is not": invalid(({ say }) => say({ id: "1", type: "constructor" })),
  "sends no JSON": invalid(({ say }) => say(`{"id": ${INNER_TEXT}`)),
  "sends a list": invalid(({ say }) => say("[]")),
  "sends bytes": invalid(({ socket, honest }) => socket.send(Buffer.from(NEXT(honest)))),
  "sends a frame that is none": invalid(({ socket }) => {
    // Reserved bits, and a length that is not sent.
    (socket as unknown as { _socket: { write(bytes: Buffer): void } })._socket.write(Buffer.from([0xff, 0xff, 1, 2]));
  }),
  "sends a huge message": invalid(({ say }) => say(`"${"x".repeat(2_000_000)}"`)),
  "sends a message in endless pieces": invalid(flood(({ socket }) => socket.send("x", { fin: false }))),
  "nests without end": invalid(({ say, honest }) =>
    say(`{"id":"1","type":"next","payload":{"x":${"[".repeat(MANY)}${"]".repeat(MANY)},"data":${honest.slice(8)}}`),
  ),
  "floods with pings": invalid(flood(({ say }) => say({ type: "ping" }))),
  "floods with ping frames": invalid(flood(({ socket }) => socket.ping("x".repeat(100)))),
  "floods with pongs": invalid(flood(({ say }) => say({ type: "pong" }))),
  "sends events faster than they are answered": {
    act: {
      onSubscribe({ say, honest }) {
        for (let index = 0; index < 1_000; index += 1) {
          say(NEXT(honest));
        }
      },
    },
    results: 3,
    outcome: "too_slow",
  },
  "is closed after an event": {
    act: {
      onSubscribe({ socket, say, honest }) {
        say(NEXT(honest));
        socket.close(4500, INNER_TEXT);
      },
    },
    results: 1,
    outcome: "unreachable",
  },
  "is cut after an event": {
    act: {
      onSubscribe({ socket, say, honest }) {
        say(NEXT(honest));
        setTimeout(() => socket.terminate(), 20);
      },
    },
    results: 1,
    outcome: "unreachable",
  },
  "does not answer signs of life": {
    act: {
      onSubscribe: ({ socket, say, honest }) => {
        say(NEXT(honest));
        socket.pause();
        setTimeout(() => socket.resume(), 1_500);
      },
    },
    results: 1,
    outcome: "timed_out",
  },
  "goes on after its end": {
    act: {
      onSubscribe({ say, honest }) {
        say(NEXT(honest));
        say({ id: "1", type: "complete" });
        say(NEXT(honest));
      },
    },
    results: 1,
  },
  "fails with its insides": {
    act: {
      onSubscribe: ({ say }) =>
        say({ id: "1", type: "error", payload: [{ message: INNER_TEXT, extensions: { stacktrace: [INNER_TEXT] } }] }),
    },
    results: 0,
    outcome: "refused",
  },
  "adds __proto__ to a message": {
    act: {
      onSubscribe({ say, honest }) {
        say(
          `{"__proto__":{"id":"2","isPolluted":true},"constructor":{"prototype":{"isPolluted":true}},${NEXT(honest).slice(1)}`,
        );
        say({ id: "1", type: "complete" });
      },
    },
    results: 1,
  },
};
