import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { createServer as createSecureServer } from "node:tls";
import { createSelfSignedCertificate } from "@alliance-hub/tests/kit/self-signed-certificate";
import { ConnectionPool, type ConnectionPoolOptions } from "./connection-pool";
import type { InstanceConnection, WireExchange } from "./instance-connection";

const TIMEOUTS = { connectMs: 2_000, headersMs: 2_000, stallMs: 2_000, bodyMs: 2_000, idleMs: 2_000 };
const ANSWER = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";

const servers: Server[] = [];
const sockets = new Set<Socket>();
const pools: ConnectionPool[] = [];

afterEach(async () => {
  for (const pool of pools.splice(0)) {
    pool.close();
  }
  for (const socket of sockets) {
    socket.destroy();
  }
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

/** What the instance does with each piece that arrives. */
type Behaviour = (socket: Socket, text: string, connection: number) => void;

async function listen(server: Server, scheme: string): Promise<URL> {
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return new URL(`${scheme}://127.0.0.1:${typeof address === "object" ? address?.port : ""}/graphql`);
}

function serve(behave: Behaviour): (socket: Socket) => void {
  let connections = 0;
  return (socket) => {
    const connection = ++connections;
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => sockets.delete(socket));
    socket.on("data", (bytes: Buffer) => behave(socket, bytes.toString(), connection));
  };
}

async function open(behave: Behaviour, options: Partial<ConnectionPoolOptions> = {}): Promise<ConnectionPool> {
  const url = await listen(createServer(serve(behave)), "http");
  const pool = new ConnectionPool({ url, maxConnections: 2, timeouts: TIMEOUTS, ...options });
  pools.push(pool);
  return pool;
}

interface Sent {
  readonly answer: Promise<string>;
  readonly exchange: WireExchange;
  connection: InstanceConnection | undefined;
}

function send(pool: ConnectionPool, text: string): Sent {
  let exchange: WireExchange | undefined;
  const answer = new Promise<string>((resolve, reject) => {
    let body = "";
    exchange = {
      text,
      onStart: (connection) => {
        sent.connection = connection;
      },
      onHead: () => undefined,
      onPiece: (piece) => {
        body += piece.toString();
      },
      onEnd: () => resolve(body),
      onFailure: reject,
    };
  });
  const sent: Sent = { answer, exchange: exchange as unknown as WireExchange, connection: undefined };
  pool.run(sent.exchange);
  return sent;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe("ConnectionPool", () => {
  it("uses a connection again, and opens no more than it may: who comes later waits in turn", async () => {
    const seen: [string, number][] = [];
    const pool = await open((socket, text, connection) => {
      seen.push([text, connection]);
      setTimeout(() => socket.write(ANSWER), 10);
    });
    const sent = ["a", "b", "c", "d", "e"].map((text) => send(pool, text));
    expect(await Promise.all(sent.map(({ answer }) => answer))).toEqual(["ok", "ok", "ok", "ok", "ok"]);
    expect(seen.map(([text]) => text).sort()).toEqual(["a", "b", "c", "d", "e"]);
    expect(seen.map(([text]) => text).indexOf("e")).toBe(4);
    expect(new Set(seen.map(([, connection]) => connection))).toEqual(new Set([1, 2]));
  });

  it("opens a new one in place of one that broke while others wait", async () => {
    const pool = await open(
      (socket, text) => {
        if (text === "bad") {
          socket.destroy();
        } else {
          socket.write(ANSWER);
        }
      },
      { maxConnections: 1 },
    );
    const bad = send(pool, "bad");
    const good = send(pool, "good");
    await expect(bad.answer).rejects.toMatchObject({ reason: "refused" });
    expect(await good.answer).toBe("ok");
  });

  it("never takes what an instance sent unasked for the answer to the next request", async () => {
    const pool = await open(
      (socket, text, connection) => {
        if (text === "surplus") {
          socket.write(ANSWER + ANSWER.replace("ok", "no"));
        } else if (text === "late") {
          socket.write(ANSWER);
          setTimeout(() => socket.write(ANSWER.replace("ok", "no")), 20);
        } else {
          socket.write(ANSWER.replace("ok", `c${connection}`));
        }
      },
      { maxConnections: 1 },
    );
    expect(await send(pool, "surplus").answer).toBe("ok");
    expect(await send(pool, "x").answer).toBe("c2");
    expect(await send(pool, "late").answer).toBe("ok");
    await pause(60);
    expect(await send(pool, "y").answer).toBe("c3");
  });

  it("does not use a connection whose instance says that it closes it, or soon will", async () => {
    const pool = await open((socket, text, connection) =>
      socket.write(`HTTP/1.1 200 OK\r\n${text}\r\ncontent-length: 1\r\n\r\n${connection}`),
    );
    expect(await send(pool, "connection: close").answer).toBe("1");
    expect(await send(pool, "keep-alive: timeout=1").answer).toBe("2");
    expect(await send(pool, "keep-alive: timeout=5").answer).toBe("3");
    expect(await send(pool, "x: y").answer).toBe("3");
  });

  it("closes connections that nobody uses", async () => {
    const pool = await open((socket) => socket.write(ANSWER), { timeouts: { ...TIMEOUTS, idleMs: 40 } });
    await send(pool, "a").answer;
    expect(sockets.size).toBe(1);
    await pause(200);
    expect(sockets.size).toBe(0);
  });

  it("does not reuse a connection on which its request is still being sent", async () => {
    const pool = await open(
      (socket, text, connection) => {
        if (text.startsWith("large") && socket.bytesRead < 200_000) {
          socket.pause();
          socket.write(ANSWER);
        } else if (text === "small") {
          socket.write(ANSWER.replace("ok", `c${connection}`));
        }
      },
      { maxConnections: 1 },
    );
    expect(await send(pool, `large${"x".repeat(20_000_000)}`).answer).toBe("ok");
    expect(await send(pool, "small").answer).toBe("c2");
  });

  it("ends what takes too long at every step, also a body that drips", async () => {
    const pool = await open(
      (socket, text) => {
        if (text === "silent") {
          return;
        }
        socket.write("HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n.");
        if (text === "drip") {
          const timer = setInterval(() => socket.write("."), 5);
          socket.on("close", () => clearInterval(timer));
        }
      },
      { timeouts: { ...TIMEOUTS, headersMs: 60, stallMs: 60, bodyMs: 150 }, maxConnections: 3 },
    );
    for (const { answer } of ["silent", "stall", "drip"].map((text) => send(pool, text))) {
      await expect(answer).rejects.toMatchObject({ reason: "timed_out" });
    }
    await pause(20);
    expect(sockets.size).toBe(0);
  });

  it("gives up a request that is under way by its connection, and one that waits without one", async () => {
    const pool = await open((socket, text) => void (text === "last" && socket.write(ANSWER)), { maxConnections: 1 });
    const running = send(pool, "running");
    const waiting = send(pool, "waiting");
    const last = send(pool, "last");
    const silent = jest.fn();
    running.answer.then(silent, silent);
    waiting.answer.then(silent, silent);
    pool.forget(waiting.exchange);
    running.connection?.destroy();
    expect(await last.answer).toBe("ok");
    expect(silent).not.toHaveBeenCalled();
  });

  it("fails everything when it is closed, and what comes afterwards", async () => {
    const pool = await open(() => undefined, { maxConnections: 1 });
    const sent = ["running", "waiting"].map((text) => send(pool, text));
    pool.close();
    for (const { answer } of [...sent, send(pool, "late")]) {
      await expect(answer).rejects.toMatchObject({ reason: "refused" });
    }
  });

  it("speaks TLS to those whose certificate is trusted, and to no one else", async () => {
    const { key, cert } = createSelfSignedCertificate();
    const url = await listen(
      createSecureServer(
        { key, cert },
        serve((socket) => socket.write(ANSWER)),
      ),
      "https",
    );
    const localhost = new URL(url.href.replace("127.0.0.1", "localhost"));
    const open = (address: URL, trustedCertificates?: string) => {
      const pool = new ConnectionPool({ url: address, maxConnections: 1, timeouts: TIMEOUTS, trustedCertificates });
      pools.push(pool);
      return pool;
    };
    expect(await send(open(url, cert), "by address").answer).toBe("ok");
    expect(await send(open(localhost, cert), "by name").answer).toBe("ok");
    await expect(send(open(url), "untrusted").answer).rejects.toMatchObject({ reason: "refused" });
  });
});
