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

describe("createHttpServer() against cross-site requests", () => {
  it("refuses a GET that a page of another site could send, and says which header is missing", async () => {
    const url = `${running.url}/graphql?query={greeting}`;
    for (const headers of [{}, { "x-hub-request": " " }, { "content-type": "text/plain" }] as Record<
      string,
      string
    >[]) {
      const response = await fetch(url, { headers });
      expect(response.status).toBe(400);
      const body = JSON.parse(await response.text());
      expect(body.errors[0].message).toContain("x-hub-request: 1");
    }
  });

  it.each([
    { "x-hub-request": "1" },
    { "apollo-require-preflight": "true" },
    { "graphql-require-preflight": "1" },
    { "content-type": "application/json" },
  ] as Record<string, string>[])("accepts a GET with %j", async (headers) => {
    expect((await fetch(`${running.url}/graphql?query={greeting}`, { headers })).status).toBe(200);
  });

  it("allows no other origin unless configured", async () => {
    const response = await post({ query: "{ greeting }" }, { origin: "https://partner.example" });
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
  });

  it("allows the configured origins, never with credentials", async () => {
    const open = await startHttpServer({ cors: { origins: ["https://partner.example"] } });
    try {
      const preflight = (origin: string) =>
        fetch(`${open.url}/graphql`, {
          method: "OPTIONS",
          headers: {
            origin,
            "access-control-request-method": "POST",
            "access-control-request-headers": "content-type",
          },
        });
      const allowed = await preflight("https://partner.example");
      expect(allowed.status).toBe(204);
      expect(allowed.headers.get("access-control-allow-origin")).toBe("https://partner.example");
      expect(allowed.headers.get("access-control-allow-credentials")).toBeNull();
      expect(allowed.headers.get("access-control-allow-headers")).toContain("x-hub-request");
      const stranger = await preflight("https://stranger.example");
      expect(stranger.headers.get("access-control-allow-origin")).not.toBe("https://stranger.example");
      expect(stranger.headers.get("access-control-allow-origin")).not.toBe("*");
    } finally {
      await open.server.close();
    }
  });

  it("lets pages of configured origins read answers, and caches tell origins apart", async () => {
    const open = await startHttpServer({ cors: { origins: ["https://partner.example", "https://other.example"] } });
    try {
      const ask = (path: string, origin?: string) =>
        fetch(`${open.url}${path}`, {
          headers: { "x-hub-request": "1", ...(origin !== undefined && { origin }) },
        });
      for (const path of ["/graphql?query={greeting}", "/health", "/nowhere"]) {
        const { headers } = await ask(path, "https://other.example");
        expect(headers.get("access-control-allow-origin")).toBe("https://other.example");
        expect(headers.get("access-control-expose-headers")).toBe("x-request-id");
        expect(headers.get("vary")).toBe("origin");
        for (const origin of ["https://stranger.example", undefined]) {
          const stranger = await ask(path, origin);
          expect(stranger.headers.get("access-control-allow-origin")).toBeNull();
          expect(stranger.headers.get("vary")).toBe("origin");
        }
      }
    } finally {
      await open.server.close();
    }
  });

  it("allows every origin where * is configured, and takes no other OPTIONS for a preflight", async () => {
    const open = await startHttpServer({ cors: { origins: ["*"] } });
    try {
      const answer = await fetch(`${open.url}/graphql?query={greeting}`, {
        headers: { "x-hub-request": "1", origin: "https://anyone.example" },
      });
      expect(answer.headers.get("access-control-allow-origin")).toBe("*");
      const noPreflight = { method: "OPTIONS", headers: { origin: "https://anyone.example" } };
      expect((await fetch(`${open.url}/graphql`, noPreflight)).status).toBe(405);
    } finally {
      await open.server.close();
    }
  });
});
