import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { createHttpTransport, type HttpTransportOptions } from "./http-transport";
import type { SubgraphRequest, SubgraphTransport } from "./subgraph-transport";

interface Received {
  readonly request: IncomingMessage;
  readonly body: unknown;
}

const servers: Server[] = [];
const transports: SubgraphTransport[] = [];

afterEach(async () => {
  await Promise.all(transports.splice(0).map((transport) => transport.close()));
  await Promise.all(servers.splice(0).map(stop));
});

async function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

/** An instance that answers as the test says, and a transport to it. */
async function connect(
  answer: (...parameters: [...Parameters<RequestListener>, number]) => void,
  options: Partial<HttpTransportOptions> = {},
): Promise<{ transport: SubgraphTransport; received: Received[] }> {
  const received: Received[] = [];
  const listening = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      received.push({ request, body: JSON.parse(Buffer.concat(chunks).toString()) });
      answer(request, response, received.length);
    });
  });
  servers.push(listening);
  await listenBelowEphemeral(listening);
  const { port } = listening.address() as AddressInfo;
  const transport = createHttpTransport({ name: "needs", url: `http://127.0.0.1:${port}/graphql?v=1`, ...options });
  transports.push(transport);
  return { transport, received };
}

async function listenBelowEphemeral(
  listening: Server,
  port = 20_000 + Math.floor(Math.random() * 12_000),
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    listening.once("error", reject);
    listening.listen(port, "127.0.0.1", () => {
      listening.off("error", reject);
      resolve();
    });
  }).catch(() => listenBelowEphemeral(listening));
}

const request = (more: Partial<SubgraphRequest> = {}): SubgraphRequest => ({
  query: "{ needs { id } }",
  variables: { first: 1 },
  requestId: "request-1",
  deadlineAtMs: Date.now() + 60_000,
  signal: new AbortController().signal,
  ...more,
});

const json =
  (text: string, status = 200, type = "application/json", headers: Record<string, string> = {}): RequestListener =>
  (_request, response) =>
    void response.writeHead(status, { "content-type": type, ...headers }).end(text);

describe("createHttpTransport()", () => {
  it("posts the operation and gives back data and errors only", async () => {
    const { transport, received } = await connect(
      json(
        '{"data":{"a":1},"errors":[{"message":"x"}],"extensions":{"secret":1}}',
        200,
        "application/graphql-response+json; charset=utf-8",
      ),
      { clock: () => 1_000 },
    );
    expect(await transport.execute(request({ deadlineAtMs: 3_500, operationName: "Q" }))).toEqual({
      data: { a: 1 },
      errors: [{ message: "x" }],
    });
    expect(received[0]?.body).toEqual({ query: "{ needs { id } }", operationName: "Q", variables: { first: 1 } });
    expect(received[0]?.request).toMatchObject({ method: "POST", url: "/graphql?v=1" });
    expect(received[0]?.request.headers).toMatchObject({
      "content-type": "application/json",
      accept: "application/graphql-response+json, application/json",
      "x-request-id": "request-1",
      "x-deadline-ms": "2500",
    });
  });

  it("uses a connection again", async () => {
    const { transport, received } = await connect(json('{"data":null}'), { connections: 1 });
    await transport.execute(request());
    await transport.execute(request());
    expect(new Set(received.map(({ request: { socket } }) => socket)).size).toBe(1);
  });

  it.each([
    [400, "application/json"],
    [401, "application/graphql-response+json"],
    [503, "application/graphql-response+json"],
  ])("takes a refusal with status %d in %s as an answer", async (status, type) => {
    const { transport } = await connect(json('{"errors":[{"message":"no"}]}', status, type));
    expect(await transport.execute(request())).toEqual({ data: undefined, errors: [{ message: "no" }] });
  });

  it.each<[string, RequestListener]>([
    ["status 500 of a proxy", json('{"errors":[{"message":"no"}]}', 500)],
    ["an HTML page", json("<html>", 200, "text/html")],
    ["no media type", (_request, response) => void response.writeHead(200).end('{"data":{}}')],
    ["no JSON", json("{")],
    ["JSON that is no answer", json('{"hello":1}')],
    ["a JSON list", json("[]")],
    ["null", json("null")],
    ["an empty body", json("")],
    ["a redirect", json("", 302, "application/json", { location: "http://169.254.169.254/" })],
    ["a redirect in GraphQL", json('{"data":{}}', 307, "application/graphql-response+json", { location: "/x" })],
    [
      "a gzip bomb",
      (_request, response) => {
        const headers = { "content-type": "application/json", "content-encoding": "gzip" };
        response.writeHead(200, headers).end(gzipSync(Buffer.alloc(1_000_000, " ")));
      },
    ],
    ["more bytes than allowed", json(`{"data":"${"x".repeat(2_000)}"}`)],
    [
      "more bytes than allowed, in pieces",
      (_request, response) => {
        response.writeHead(200, { "content-type": "application/json" });
        const timer = setInterval(() => response.write(" ".repeat(500)), 1);
        response.on("close", () => clearInterval(timer));
      },
    ],
    [
      "half an answer",
      (_request, response) => {
        response.writeHead(200, { "content-type": "application/json", "content-length": "100" });
        response.write('{"data":');
        setTimeout(() => response.destroy(), 5);
      },
    ],
    ["a closed connection", (_request, response) => void response.destroy()],
  ])("has no answer in %s", async (_what, listener) => {
    const { transport } = await connect(listener, { maxResponseBytes: 1_000 });
    await expect(transport.execute(request())).rejects.toMatchObject({
      name: "SubgraphUnreachable",
      subgraph: "needs",
      reason: expect.stringMatching(/^(invalid|refused|too_large)$/),
    });
  });

  it("waits no longer than its timeouts", async () => {
    const silent = await connect(() => {}, { timeouts: { headersMs: 50 } });
    await expect(silent.transport.execute(request())).rejects.toMatchObject({ reason: "timed_out" });
    const stalled = await connect(
      (_request, response) => void response.writeHead(200, { "content-type": "application/json" }).write("{"),
      { timeouts: { stallMs: 50 } },
    );
    await expect(stalled.transport.execute(request())).rejects.toMatchObject({ reason: "timed_out" });
  });

  it("gives up when the request is over", async () => {
    const { transport } = await connect(() => {});
    await expect(transport.execute(request({ signal: AbortSignal.timeout(50) }))).rejects.toMatchObject({
      reason: "timed_out",
    });
    const controller = new AbortController();
    const answer = transport.execute(request({ signal: controller.signal }));
    controller.abort();
    await expect(answer).rejects.toMatchObject({ reason: "aborted" });
  });

  it("says that nobody listens", async () => {
    const { transport } = await connect(() => {});
    await Promise.all(servers.splice(0).map(stop));
    await expect(transport.execute(request())).rejects.toMatchObject({ reason: "refused" });
  });

  it("asks once, also when a kept connection is closed: asking again is for those who know the budget", async () => {
    const { transport, received } = await connect((incoming) => void incoming.socket.destroy());
    await expect(transport.execute(request())).rejects.toMatchObject({ reason: "refused" });
    expect(received).toHaveLength(1);
  });

  it("does not ask again when an answer breaks off", async () => {
    const { transport, received } = await connect((_request, response) => {
      response.writeHead(200, { "content-type": "application/json", "content-length": "100" }).write('{"data":');
      setTimeout(() => response.destroy(), 5);
    });
    await expect(transport.execute(request())).rejects.toMatchObject({ reason: "refused" });
    expect(received).toHaveLength(1);
  });

  it("sends nothing for a request that ended while it waited for a connection", async () => {
    const { transport, received } = await connect(() => {}, { connections: 1 });
    const running = new AbortController();
    const first = transport.execute(request({ signal: running.signal }));
    const waiting = new AbortController();
    const second = transport.execute(request({ signal: waiting.signal }));
    waiting.abort();
    await expect(second).rejects.toMatchObject({ reason: "aborted" });
    running.abort();
    await expect(first).rejects.toMatchObject({ reason: "aborted" });
    const over = request({ signal: AbortSignal.abort() });
    await expect(transport.execute(over)).rejects.toMatchObject({ reason: "aborted" });
    expect(received.length).toBeLessThanOrEqual(1);
  });
});
