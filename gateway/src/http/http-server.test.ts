import { isErrorCode } from "@alliance-hub/shared/error-codes";
import { type RunningHttpServer, startHttpServer } from "@alliance-hub/tests/kit/gateway-http-server";

let running: RunningHttpServer;

beforeAll(async () => {
  running = await startHttpServer({ limits: { maxBodyBytes: 4_096, maxJsonDepth: 8 } });
});
afterAll(() => running.server.close());

const NEW_TYPE = "application/graphql-response+json";

function post(body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${running.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", accept: NEW_TYPE, ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}

function get(search: Record<string, string> | string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${running.url}/graphql?${new URLSearchParams(search)}`, {
    headers: { accept: NEW_TYPE, "x-hub-request": "1", ...headers },
  });
}

/** The first error, after checking that the whole body has the shape of a GraphQL error and tells nothing of the inside. */
async function readError(response: Response): Promise<{ message: string; extensions: Record<string, unknown> }> {
  const text = await response.text();
  expect(text).not.toMatch(/node_modules|\.ts:|\.js:|at [A-Z][A-Za-z]+\./);
  const body = JSON.parse(text);
  expect(body).toEqual({ errors: expect.any(Array) });
  const [error] = body.errors;
  expect(typeof error.message).toBe("string");
  expect(isErrorCode(error.extensions.code)).toBe(true);
  expect(typeof error.extensions.retryable).toBe("boolean");
  return error;
}

describe("createHttpServer()", () => {
  it("answers a query by POST and by GET in the media type asked for", async () => {
    const variables = { name: "Yanling" };
    const query = "query Greet($name: String) { greeting(name: $name) }";
    for (const response of [
      await post({ query, variables, operationName: "Greet" }),
      await get({ query, variables: JSON.stringify(variables), operationName: "" }),
    ]) {
      expect(response.status).toBe(200);
      expect(response.headers.get("content-type")).toBe(`${NEW_TYPE}; charset=utf-8`);
      expect(response.headers.get("cache-control")).toBe("no-store");
      expect(await response.json()).toEqual({ data: { greeting: "Hello Yanling" } });
    }
  });

  it("runs a mutation by POST and refuses it by GET with 405", async () => {
    const query = "mutation { count }";
    expect(await (await post({ query })).json()).toEqual({ data: { count: 1 } });
    for (const accept of [NEW_TYPE, "application/json"]) {
      const refused = await get({ query }, { accept });
      expect(refused.status).toBe(405);
      expect(refused.headers.get("allow")).toBe("POST");
      expect((await readError(refused)).message).toContain("POST");
    }
    expect(await (await post({ query })).json()).toEqual({ data: { count: 2 } });
  });

  it("answers 200 with data null for a non-null field that failed: the operation was executed", async () => {
    const response = await post({ query: "{ refuse }" });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ data: null, errors: [{ extensions: { code: "FORBIDDEN" } }] });
  });

  describe("bad input", () => {
    const deep = `${'{"a":'.repeat(8)}1${"}".repeat(8)}`;
    it.each<[string, string, number, string]>([
      ["malformed JSON", '{"query": "{ greeting }"', 400, "BAD_USER_INPUT"],
      ["an empty body", "", 400, "BAD_USER_INPUT"],
      ["a JSON string", '"{ greeting }"', 400, "BAD_USER_INPUT"],
      ["null", "null", 400, "BAD_USER_INPUT"],
      ["a batch", '[{"query":"{ greeting }"}]', 400, "BAD_USER_INPUT"],
      ["no query", '{"variables":{}}', 400, "BAD_USER_INPUT"],
      ["an empty query", '{"query":""}', 400, "BAD_USER_INPUT"],
      ["variables that are a list", '{"query":"{ greeting }","variables":[]}', 400, "BAD_USER_INPUT"],
      ["two queries", '{"query":"{ greeting }","qu\\u0065ry":"{ fail }"}', 400, "BAD_USER_INPUT"],
      ["a prototype", '{"query":"{ greeting }","variables":{"__proto__":{"x":1}}}', 400, "BAD_USER_INPUT"],
      ["deep variables", `{"query":"{ greeting }","variables":${deep}}`, 400, "LIMIT_EXCEEDED"],
      ["a syntax error", '{"query":"{"}', 400, "BAD_USER_INPUT"],
      ["an unknown field", '{"query":"{ nothing }"}', 400, "BAD_USER_INPUT"],
      [
        "a wrong variable",
        '{"query":"query ($n: String) { greeting(name: $n) }","variables":{"n":7}}',
        400,
        "BAD_USER_INPUT",
      ],
      ["a deep operation", `{"query":"${"{a".repeat(30)}${"}".repeat(30)}"}`, 400, "LIMIT_EXCEEDED"],
      ["a large body", `{"query":"{ greeting }","x":"${"y".repeat(5_000)}"}`, 413, "LIMIT_EXCEEDED"],
    ])("refuses %s", async (_what, body, status, code) => {
      const response = await post(body);
      expect(response.status).toBe(status);
      expect((await readError(response)).extensions["code"]).toBe(code);
    });

    it("does not repeat the input in an error about JSON", async () => {
      const error = await readError(await post('{"query": 430225199001011234x}'));
      expect(error.message).toMatch(/not valid JSON \(at character \d+\)/);
      expect(error.message).not.toContain("4302");
    });

    it("tells a batch what to do instead", async () => {
      expect((await readError(await post([{ query: "{ greeting }" }]))).message).toMatch(/one operation per request/);
    });

    it("accepts a key twice where it is a value, and nesting up to the bound", async () => {
      const query = "query ($name: String) { greeting(name: $name) }";
      expect(
        (await post(`{"query":${JSON.stringify(query)},"operationName":null,"extensions":{"query":1}}`)).status,
      ).toBe(200);
      expect((await post(`{"query":"{ greeting }","variables":{"name":"\\"query\\":"}}`)).status).toBe(200);
      const inner = `${'{"a":'.repeat(7)}1${"}".repeat(7)}`;
      expect((await post(`{"query":"{ greeting }","variables":${inner}}`)).status).toBe(200);
    });

    it("refuses bytes that are not UTF-8", async () => {
      const response = await fetch(`${running.url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: Buffer.from('{"query":"{ greeting(name: \\"\xff\\") }"}', "latin1"),
      });
      expect(response.status).toBe(400);
      expect((await readError(response)).message).toContain("UTF-8");
    });

    it.each([
      "text/plain",
      "application/x-www-form-urlencoded",
      "multipart/form-data; boundary=x",
      "text/plain; application/json",
    ])("refuses the content type %s with 415", async (contentType) => {
      const response = await post({ query: "{ greeting }" }, { "content-type": contentType });
      expect(response.status).toBe(415);
      await readError(response);
    });

    it("refuses another charset and any content encoding with 415", async () => {
      expect((await post({ query: "{ greeting }" }, { "content-type": "application/json; charset=gbk" })).status).toBe(
        415,
      );
      expect((await post({ query: "{ greeting }" }, { "content-encoding": "gzip" })).status).toBe(415);
      const quoted = await post({ query: "{ greeting }" }, { "content-type": 'Application/JSON; Charset="UTF-8"' });
      expect(quoted.status).toBe(200);
    });

    it("answers 406 when neither media type is accepted", async () => {
      const response = await post({ query: "{ greeting }" }, { accept: "text/html, application/json;q=0" });
      expect(response.status).toBe(406);
      await readError(response);
    });

    it("refuses a parameter that stands in the address twice, and variables there that are no JSON", async () => {
      expect((await get("query={greeting}&query={fail}")).status).toBe(400);
      expect((await get({ query: "{ greeting }", variables: "{" })).status).toBe(400);
      expect((await get(`query={greeting}&${"x&".repeat(2_000)}query={fail}`)).status).toBe(400);
    });
  });

  it("answers 404 for an unknown path and 405 with the methods for a known one", async () => {
    const missing = await fetch(`${running.url}/graphql/`);
    expect(missing.status).toBe(404);
    expect((await readError(missing)).extensions["code"]).toBe("NOT_FOUND");
    for (const method of ["PUT", "DELETE", "PATCH", "OPTIONS"]) {
      const response = await fetch(`${running.url}/graphql`, { method });
      expect(response.status).toBe(405);
      expect(response.headers.get("allow")).toBe("GET, POST");
      await readError(response);
    }
    expect((await fetch(`${running.url}/graphql`, { method: "HEAD" })).status).toBe(405);
    expect((await fetch(`${running.url}/health`, { method: "POST" })).headers.get("allow")).toBe("GET, HEAD");
  });

  it("answers an address that cannot be decoded with 400", async () => {
    const response = await fetch(`${running.url}/%zz`);
    expect(response.status).toBe(400);
    await readError(response);
  });

  it("answers /health always, and points from / to the endpoint", async () => {
    expect(await (await fetch(`${running.url}/health`)).json()).toEqual({ status: "ok" });
    const pointer = await fetch(running.url, { headers: { accept: "text/html" } });
    expect(pointer.headers.get("content-type")).toContain("application/json");
    expect(await pointer.json()).toMatchObject({ graphql: "/graphql" });
  });

  it("forbids a browser everything an answer might contain", async () => {
    const { headers } = await post({ query: "{ greeting }" });
    expect(headers.get("content-security-policy")).toBe(
      "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'",
    );
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
  });
});
