import { once } from "node:events";
import { request as sendRequest } from "node:http";
import { connect } from "node:net";
import { buildSchema, type GraphQLFieldResolver } from "graphql";
import { pino } from "pino";
import { type ServeOptions, type SubgraphServer, serveSubgraph } from "./serve-subgraph";
import type { Subgraph } from "./subgraph";

interface ServerUnderTest {
  readonly server: SubgraphServer;
  readonly port: number;
  readonly logLines: Record<string, unknown>[];
}

const open: SubgraphServer[] = [];

/** `Promise.withResolvers` needs Node 22. */
function makeSignal<T = void>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let settle: (value: T) => void = () => undefined;
  const promise = new Promise<T>((resolve) => {
    settle = resolve;
  });
  return { promise, resolve: settle };
}

async function serve(
  options: Partial<ServeOptions> = {},
  answer: GraphQLFieldResolver<unknown, unknown> = () => 1,
): Promise<ServerUnderTest> {
  const logLines: Record<string, unknown>[] = [];
  const log = pino({ level: "info" }, { write: (line: string) => void logLines.push(JSON.parse(line)) });
  const schema = buildSchema("type Query { a(text: String): Int }");
  Object.assign(schema.getQueryType()?.getFields()["a"] ?? {}, { resolve: answer });
  const subgraph = { name: "needs", schema, log, createContext: () => ({ log }), close: async () => undefined };
  const server = await serveSubgraph(subgraph as unknown as Subgraph, { host: "127.0.0.1", port: 0, ...options });
  open.push(server);
  return { server, port: Number(new URL(server.url).port), logLines };
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close().catch(() => undefined)));
});

async function post({ server }: ServerUnderTest, body: string): Promise<{ status: number; text: string }> {
  const response = await fetch(server.url, { method: "POST", headers: { "content-type": "application/json" }, body });
  return { status: response.status, text: await response.text() };
}

/** What the server sends to a client that writes this and nothing more. */
async function exchange(port: number, text: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  socket.end(text);
  let received = "";
  for await (const chunk of socket) {
    received += chunk;
  }
  return received;
}

describe("serveSubgraph()", () => {
  it("answers a query, and tells its errors with a code of the catalogue", async () => {
    const subject = await serve();
    expect(await post(subject, '{"query": "{ a }"}')).toEqual({ status: 200, text: '{"data":{"a":1}}\n' });
    const { status, text } = await post(subject, '{"query": "{ b }"}');
    expect([status, JSON.parse(text).errors[0].extensions]).toEqual([
      400,
      { code: "BAD_USER_INPUT", retryable: false },
    ]);
  });

  it("refuses a body that is too large in words, and goes on with the connection", async () => {
    const subject = await serve({ maxBodyBytes: 1_000 });
    const { status, text } = await post(subject, " ".repeat(3_000_000));
    expect([status, JSON.parse(text).errors[0].extensions.code]).toEqual([413, "LIMIT_EXCEEDED"]);
    expect((await post(subject, '{"query": "{ a }"}')).status).toBe(200);
    expect(subject.logLines).toEqual([]);
  });

  it.each(["{ a(text: [", "a ", "#\n", "{ a } "])("refuses megabytes of %j as the caller's mistake", async (part) => {
    const { status, text } = await post(await serve(), JSON.stringify({ query: part.repeat(500_000) }));
    expect([status, JSON.parse(text).errors[0].extensions.code]).toEqual([400, "BAD_USER_INPUT"]);
  });

  it("keeps no documents for whoever sends a hash", async () => {
    const extensions = { persistedQuery: { version: 1, sha256Hash: "0".repeat(64) } };
    const { text } = await post(await serve(), JSON.stringify({ extensions, query: "{ a }" }));
    expect(text).toContain("PersistedQueryNotSupported");
  });

  it("refuses a request that a page of another site could send", async () => {
    const { server } = await serve();
    const response = await fetch(`${server.url}?query={a}`);
    expect(response.status).toBe(400);
  });

  it.each(["//", "http://", "/%", "*"])("answers the odd address %s and logs no error", async (address) => {
    const { port, logLines } = await serve();
    const answer = await exchange(port, `GET ${address} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(logLines).toEqual([]);
  });

  it("logs no error for a client that leaves in the middle of its request", async () => {
    const { port, logLines } = await serve();
    await exchange(port, "POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\n{");
    await new Promise(setImmediate);
    expect(logLines).toEqual([]);
  });

  it("closes although clients hold connections that say nothing, or ask what is never answered", async () => {
    const asked = makeSignal();
    const { server, port } = await serve({ shutdownTimeoutMs: 100 }, () => {
      asked.resolve();
      return new Promise(() => undefined);
    });
    const silent = connect(port, "127.0.0.1");
    await once(silent, "connect");
    const request = sendRequest(server.url, { method: "POST", headers: { "content-type": "application/json" } });
    const cutOff = once(request, "error");
    request.end('{"query": "{ a }"}');
    await asked.promise;
    await server.close();
    await cutOff;
    silent.destroy();
  });

  it("answers what it was asked before it closes", async () => {
    const asked = makeSignal();
    const answered = makeSignal<number>();
    const subject = await serve({}, () => {
      asked.resolve();
      return answered.promise;
    });
    const answer = post(subject, '{"query": "{ a }"}');
    await asked.promise;
    const closed = subject.server.close();
    answered.resolve(2);
    expect((await answer).text).toContain('{"a":2}');
    await closed;
  });
});
