import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { createEngineDouble } from "@alliance-hub/tests/kit/engine-double";
import { type RunningHttpServer, startHttpServer } from "@alliance-hub/tests/kit/gateway-http-server";

const WAITING = JSON.stringify({ query: "{ wait }" });
let running: RunningHttpServer;
afterEach(() => running.server.close());

function postWait(signal?: AbortSignal): Promise<Response> {
  return fetch(`${running.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: WAITING,
    signal,
  });
}

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function openSocket(): Promise<Socket> {
  const socket = connect(Number(new URL(running.url).port), "127.0.0.1");
  await once(socket, "connect");
  return socket;
}

async function readToEnd(socket: Socket): Promise<string> {
  let text = "";
  socket.setEncoding("utf8").on("data", (part) => {
    text += part;
  });
  await once(socket, "close");
  return text;
}

describe("createHttpServer() deadline", () => {
  it("tells the engine its deadline and aborts it then", async () => {
    running = await startHttpServer({ limits: { requestTimeoutMs: 30 } });
    const response = await postWait();
    expect(await response.json()).toEqual({ data: { wait: "the deadline has passed" } });
    expect(running.gateway.requests[0]?.deadlineAtMs).toEqual(expect.any(Number));
  });

  it("answers 504 when the engine does not notice", async () => {
    running = await startHttpServer({
      limits: { requestTimeoutMs: 1 },
      gateway: createEngineDouble(() => new Promise(() => undefined)),
    });
    const response = await postWait();
    expect(response.status).toBe(504);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: "INTERNAL" } }] });
  });

  it("aborts the engine when the client leaves, and logs 499", async () => {
    running = await startHttpServer();
    const client = new AbortController();
    const answer = postWait(client.signal).catch((error: Error) => error.name);
    await until(() => running.gateway.requests.length === 1);
    client.abort();
    expect(await answer).toBe("AbortError");
    await until(() => running.gateway.requests[0]?.signal.aborted === true);
    await until(() => running.logLines.length > 0);
    expect(running.logLines).toEqual([expect.objectContaining({ status: 499, level: "warn" })]);
  });
});

describe("HttpServer.close()", () => {
  it("finishes a running request, says not ready meanwhile, and takes no new connection", async () => {
    let finish: (() => void) | undefined;
    running = await startHttpServer({
      gateway: createEngineDouble(
        () =>
          new Promise((resolve) => {
            finish = () => resolve({ kind: "executed", data: { done: true } });
          }),
      ),
    });
    const probe = await openSocket();
    const answer = postWait();
    await until(() => finish !== undefined);
    // Half a request keeps the connection from counting as idle.
    probe.write("GET /ready HTTP/1.1\r\nhost: x\r\n");
    await new Promise((resolve) => setTimeout(resolve, 20));
    const closed = running.server.close();
    probe.write("\r\n");
    const probeAnswer = await readToEnd(probe);
    expect(probeAnswer).toMatch(/^HTTP\/1\.1 503 /);
    expect(probeAnswer).toContain("shutting down");
    expect(probeAnswer.toLowerCase()).toContain("connection: close");
    await expect(fetch(`${running.url}/health`)).rejects.toThrow();
    finish?.();
    const response = await answer;
    expect(await response.json()).toEqual({ data: { done: true } });
    await closed;
  });

  it("aborts and cuts off what goes on for too long", async () => {
    running = await startHttpServer({ limits: { shutdownTimeoutMs: 20 } });
    const answer = postWait().then(
      () => "answered",
      () => "cut off",
    );
    await until(() => running.gateway.requests.length === 1);
    await running.server.close();
    expect(await answer).toBe("cut off");
    expect(running.gateway.requests[0]?.signal.aborted).toBe(true);
  });

  it("closes at once when only idle connections are open", async () => {
    running = await startHttpServer();
    await (await fetch(`${running.url}/health`)).text();
    const unused = await openSocket();
    // The server has accepted it once it answers somebody who came later.
    await (await fetch(`${running.url}/health`)).text();
    const ended = readToEnd(unused);
    await Promise.all([running.server.close(), running.server.close()]);
    expect(await ended).toBe("");
    await expect(fetch(`${running.url}/health`)).rejects.toThrow();
  });
});

describe("createHttpServer() against slow and malformed senders", () => {
  it.each([
    ["headers", "POST /graphql HTTP/1.1\r\nhost: x\r\n"],
    ["a body", "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"],
  ])("gives up on %s that never end", async (_what, text) => {
    running = await startHttpServer({ limits: { receiveTimeoutMs: 50 } });
    const socket = await openSocket();
    socket.write(text);
    const answer = await readToEnd(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(answer).toContain("LIMIT_EXCEEDED");
    expect(running.gateway.requests).toHaveLength(0);
  });

  it("refuses headers that are too large with 431", async () => {
    running = await startHttpServer({ limits: { maxHeaderBytes: 1_024 } });
    const socket = await openSocket();
    socket.write(`GET /health HTTP/1.1\r\nhost: x\r\nx-large: ${"y".repeat(2_000)}\r\n\r\n`);
    const answer = await readToEnd(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 431 /);
    expect(answer).toContain('"limit":"headerBytes"');
  });

  it("refuses what is not HTTP with 400 and a GraphQL error", async () => {
    running = await startHttpServer();
    const socket = await openSocket();
    socket.write("hello\r\n\r\n");
    const answer = await readToEnd(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(JSON.parse(answer.slice(answer.indexOf("\r\n\r\n")))).toMatchObject({
      errors: [{ extensions: { code: "BAD_USER_INPUT" } }],
    });
  });

  it("stops reading a body of unknown length at the limit", async () => {
    running = await startHttpServer({ limits: { maxBodyBytes: 100 } });
    const response = await fetch(`${running.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: new ReadableStream({
        start(controller) {
          controller.enqueue(new TextEncoder().encode(`{"query":"${"x".repeat(200)}`));
          controller.close();
        },
      }),
      duplex: "half",
    });
    expect(response.status).toBe(413);
    expect(response.headers.get("connection")).toBe("close");
    expect(running.gateway.requests).toHaveLength(0);
  });
});

describe("createHttpServer() when a client leaves half-way", () => {
  it("logs 499 for a body that breaks off, and goes on serving", async () => {
    running = await startHttpServer();
    const socket = await openSocket();
    socket.write("POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{");
    await new Promise((resolve) => setTimeout(resolve, 20));
    socket.destroy();
    await until(() => running.logLines.length > 0);
    expect(running.logLines).toEqual([expect.objectContaining({ status: 499, level: "warn" })]);
    expect(running.gateway.requests).toHaveLength(0);
    expect((await fetch(`${running.url}/health`)).status).toBe(200);
  });
});

describe("/ready", () => {
  it("answers 503 with the reasons, and 200 with what is amiss while the rest works", async () => {
    let isReady = false;
    running = await startHttpServer({ isReady: () => ({ isReady, reasons: ["The subgraph needs does not answer."] }) });
    const notReady = await fetch(`${running.url}/ready`);
    expect(notReady.status).toBe(503);
    expect(await notReady.json()).toEqual({ status: "not ready", reasons: ["The subgraph needs does not answer."] });
    isReady = true;
    const ready = await fetch(`${running.url}/ready`);
    expect(ready.status).toBe(200);
    expect(await ready.json()).toMatchObject({ status: "ready" });
  });
});
