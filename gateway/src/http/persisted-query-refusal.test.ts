import { type RunningHttpServer, startHttpServer } from "@alliance-hub/tests/kit/gateway-http-server";

const HASH = { version: 1, sha256Hash: "9a7b0cf4e4d1b1d7c7b0f5a1f6c1a3e2d4c5b6a7988776655443322110ffeedd" };
const UNSUPPORTED = {
  errors: [
    {
      message: "PersistedQueryNotSupported",
      extensions: { code: "BAD_USER_INPUT", retryable: false, fields: ["query"] },
    },
  ],
};

describe("PersistedQueryRefusal", () => {
  let running: RunningHttpServer;

  beforeAll(async () => {
    running = await startHttpServer();
  });
  afterAll(() => running.server.close());

  function post(body: unknown, accept: string): Promise<Response> {
    return fetch(`${running.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", accept },
      body: JSON.stringify(body),
    });
  }

  function get(search: Record<string, string>, accept: string): Promise<Response> {
    return fetch(`${running.url}/graphql?${new URLSearchParams(search)}`, {
      headers: { accept, "x-hub-request": "1" },
    });
  }

  it.each([
    ["application/json", 200],
    ["application/graphql-response+json", 400],
  ])("tells a client that sends a hash to send the document, in %s with %d", async (accept, status) => {
    for (const response of [
      await post({ operationName: "Greet", variables: {}, extensions: { persistedQuery: HASH } }, accept),
      await get({ extensions: JSON.stringify({ persistedQuery: HASH }) }, accept),
    ]) {
      expect(response.status).toBe(status);
      expect(response.headers.get("content-type")).toBe(`${accept}; charset=utf-8`);
      expect(response.headers.get("cache-control")).toBe("no-store");
      expect(await response.json()).toEqual(UNSUPPORTED);
    }
    expect(running.logLines.at(-1)).toMatchObject({ errorCodes: ["BAD_USER_INPUT"] });
  });

  it("answers a document that has its hash beside it", async () => {
    const response = await post({ query: "{ greeting }", extensions: { persistedQuery: HASH } }, "application/json");
    expect(await response.json()).toEqual({ data: { greeting: "Hello world" } });
  });

  it.each([{}, { persistedQuery: null }, { persistedQuery: "9a7b" }, { other: HASH }])(
    "leaves a request with neither document nor hash malformed: %j",
    async (extensions) => {
      const response = await post({ extensions }, "application/json");
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ errors: [{ message: expect.stringContaining("is missing") }] });
    },
  );
});
