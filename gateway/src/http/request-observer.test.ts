import { createEngineDouble } from "@alliance-hub/tests/kit/engine-double";
import { type RunningHttpServer, startHttpServer } from "@alliance-hub/tests/kit/gateway-http-server";

let running: RunningHttpServer;

beforeAll(async () => {
  running = await startHttpServer();
});
afterAll(() => running.server.close());

function post(body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${running.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
}

describe("createHttpServer() request ids and log", () => {
  const lineOf = (id: string | null) => running.logLines.find((line) => line["requestId"] === id);

  it("keeps a client's request id, passes it to the engine and sends it back", async () => {
    const response = await post({ query: "{ greeting }" }, { "x-request-id": "client-7.A_b" });
    expect(response.headers.get("x-request-id")).toBe("client-7.A_b");
    expect(running.gateway.requests.at(-1)).toMatchObject({ requestId: "client-7.A_b", allowMutation: true });
  });

  it.each(["", "a b", "x".repeat(65), "a;b"])("makes an own id in place of %j", async (sent) => {
    const id = (await post({ query: "{ greeting }" }, { "x-request-id": sent })).headers.get("x-request-id");
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("writes one line per request that names the operation but no query, variable, header or address", async () => {
    const response = await post(
      { query: "query Greet($name: String) { greeting(name: $name) fail }", variables: { name: "Zhang San" } },
      { "x-request-id": "logged-1", authorization: "Bearer secret-token" },
    );
    await response.text();
    await new Promise(setImmediate);
    expect(lineOf("logged-1")).toEqual({
      level: "info",
      time: expect.any(String),
      service: "gateway",
      requestId: "logged-1",
      method: "POST",
      path: "/graphql",
      status: 200,
      durationMs: expect.any(Number),
      operationName: "Greet",
      operationKind: "query",
      errorCodes: ["INTERNAL"],
      msg: "request",
    });
    expect(JSON.stringify(running.logLines)).not.toMatch(/Zhang|secret-token|127\.0\.0\.1|greeting/);
  });

  it("writes no query of a GET, and a refusal as a warning with its code", async () => {
    const response = await fetch(`${running.url}/graphql?query={greeting(name:"Li Si")}`, {
      headers: { "x-request-id": "logged-2" },
    });
    await response.text();
    await new Promise(setImmediate);
    expect(lineOf("logged-2")).toMatchObject({
      level: "warn",
      path: "/graphql",
      status: 400,
      errorCodes: ["BAD_USER_INPUT"],
    });
    expect(JSON.stringify(running.logLines)).not.toContain("Li Si");
  });
});

describe("createHttpServer() when the engine itself fails", () => {
  it("answers 500 without the error's text, and logs it", async () => {
    const broken = await startHttpServer({
      gateway: createEngineDouble(() => Promise.reject(new Error("password of the inside"))),
    });
    try {
      const response = await fetch(`${broken.url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", "x-request-id": "broken-1" },
        body: '{"query":"{ greeting }"}',
      });
      expect(response.status).toBe(500);
      const text = await response.text();
      expect(JSON.parse(text)).toMatchObject({ errors: [{ extensions: { code: "INTERNAL", retryable: true } }] });
      expect(text).not.toMatch(/password|stack|\.ts/);
      await new Promise(setImmediate);
      expect(broken.logLines).toContainEqual(
        expect.objectContaining({
          level: "error",
          requestId: "broken-1",
          err: expect.objectContaining({ message: "password of the inside" }),
        }),
      );
      expect(broken.logLines).toContainEqual(
        expect.objectContaining({ level: "error", status: 500, errorCodes: ["INTERNAL"] }),
      );
    } finally {
      await broken.server.close();
    }
  });
});
