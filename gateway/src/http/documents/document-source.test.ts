import { createHash } from "node:crypto";
import { type RunningHttpServer, startHttpServer } from "@alliance-hub/tests/kit/gateway-http-server";
import { AutomaticDocuments } from "./automatic-documents";
import { DocumentSource } from "./document-source";
import { readTrustedDocuments } from "./trusted-documents";

const TRUSTED = "query Trusted { greeting }";
const OTHER = "query Other { greeting }";
const hashOf = (text: string) => createHash("sha256").update(text).digest("hex");
const persistedQuery = (sha256Hash: unknown, version: unknown = 1) => ({ persistedQuery: { version, sha256Hash } });
const ANSWER = { data: { greeting: "Hello world" } };

const trusted = readTrustedDocuments(JSON.stringify({ [hashOf(TRUSTED)]: TRUSTED, short: TRUSTED }));

describe("DocumentSource", () => {
  let running: RunningHttpServer;

  afterEach(() => running.server.close());

  async function post(body: unknown, accept = "application/json"): Promise<{ status: number; body: unknown }> {
    const response = await fetch(`${running.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", accept },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  }

  async function get(search: Record<string, string>): Promise<{ status: number; body: unknown }> {
    const response = await fetch(`${running.url}/graphql?${new URLSearchParams(search)}`, {
      headers: { accept: "application/json", "x-hub-request": "1" },
    });
    return { status: response.status, body: await response.json() };
  }

  describe("with a list that is enforced", () => {
    beforeEach(async () => {
      running = await startHttpServer({ documents: new DocumentSource({ trusted, trustedOnly: true }) });
    });

    it("answers a trusted document by its hash, its id, its id with the algorithm, and its text", async () => {
      for (const request of [
        { extensions: persistedQuery(hashOf(TRUSTED)) },
        { documentId: "short" },
        { documentId: `sha256:${hashOf(TRUSTED)}` },
        { query: TRUSTED },
        { query: TRUSTED, extensions: persistedQuery(hashOf(TRUSTED)) },
        { query: null, documentId: "short", operationName: "Trusted" },
      ]) {
        expect(await post(request)).toEqual({ status: 200, body: ANSWER });
      }
      expect(await get({ documentId: "short" })).toEqual({ status: 200, body: ANSWER });
      expect(await get({ query: "", extensions: JSON.stringify(persistedQuery(hashOf(TRUSTED))) })).toMatchObject({
        body: ANSWER,
      });
    });

    it.each([
      [{ query: OTHER }],
      [{ query: `${TRUSTED} ` }],
      [{ query: OTHER, extensions: persistedQuery(hashOf(OTHER)) }],
      [{ extensions: persistedQuery(hashOf(OTHER)) }],
      [{ documentId: "long" }],
      [{ documentId: "__proto__" }],
      [{ documentId: "constructor" }],
      [{ extensions: persistedQuery(hashOf(TRUSTED), 2) }],
      [{ query: "{ __schema { queryType { name } } }" }],
      [{}],
    ])("refuses anything else: %j", async (request) => {
      for (const accept of ["application/json", "application/graphql-response+json"]) {
        expect(await post(request, accept)).toMatchObject({
          status: 403,
          body: { errors: [{ extensions: { code: "FORBIDDEN", retryable: false } }] },
        });
      }
      expect(running.gateway.requests).toEqual([]);
    });

    it("refuses another document under the id of a trusted one", async () => {
      expect(await post({ query: OTHER, documentId: "short" })).toMatchObject({
        status: 400,
        body: { errors: [{ extensions: { code: "BAD_USER_INPUT" } }] },
      });
      expect(running.gateway.requests).toEqual([]);
    });
  });

  describe("with a list that is not enforced", () => {
    beforeEach(async () => {
      running = await startHttpServer({ documents: new DocumentSource({ trusted }) });
    });

    it("answers any document, and the trusted ones by id", async () => {
      expect((await post({ query: OTHER })).body).toEqual(ANSWER);
      expect((await post({ documentId: "short" })).body).toEqual(ANSWER);
      expect(await post({ documentId: "long" })).toMatchObject({
        status: 404,
        body: { errors: [{ extensions: { code: "NOT_FOUND" } }] },
      });
      expect((await post({ extensions: persistedQuery(hashOf(OTHER)) })).body).toMatchObject({
        errors: [{ message: "PersistedQueryNotSupported" }],
      });
    });
  });

  describe("with automatic persisted queries", () => {
    beforeEach(async () => {
      running = await startHttpServer({
        documents: new DocumentSource({ automatic: new AutomaticDocuments({ maxEntries: 2, maxWeight: 1_000 }) }),
      });
    });

    const NOT_FOUND = { errors: [{ message: "PersistedQueryNotFound", extensions: { code: "BAD_USER_INPUT" } }] };

    it("asks for the document once and knows it by its hash from then on", async () => {
      const extensions = persistedQuery(hashOf(OTHER));
      expect(await post({ extensions })).toMatchObject({ status: 200, body: NOT_FOUND });
      expect((await post({ extensions }, "application/graphql-response+json")).status).toBe(400);
      expect((await post({ query: OTHER, extensions })).body).toEqual(ANSWER);
      expect((await post({ extensions })).body).toEqual(ANSWER);
      expect((await get({ extensions: JSON.stringify(extensions) })).body).toEqual(ANSWER);
      expect(running.gateway.requests.map(({ query }) => query)).toEqual([OTHER, OTHER, OTHER]);
    });

    it.each([hashOf(TRUSTED), "", "x".repeat(64), 7, null])(
      "refuses a document under a hash that is not its own: %j",
      async (hash) => {
        expect(await post({ query: OTHER, extensions: persistedQuery(hash) })).toMatchObject({
          status: 400,
          body: { errors: [{ extensions: { code: "BAD_USER_INPUT", fields: ["extensions"] } }] },
        });
        expect(running.gateway.requests).toEqual([]);
        expect((await post({ extensions: persistedQuery(hash) })).body).toMatchObject(NOT_FOUND);
      },
    );

    it("forgets what was not asked for longest, and does not keep what is too large", async () => {
      const documents = ["a", "b", "c"].map((name) => `query ${name} { greeting }`);
      for (const query of [...documents, `query Large { greeting } #${"-".repeat(1_000)}`]) {
        expect((await post({ query, extensions: persistedQuery(hashOf(query)) })).body).toEqual(ANSWER);
      }
      const known = await Promise.all(documents.map((text) => post({ extensions: persistedQuery(hashOf(text)) })));
      expect(known.map(({ body }) => JSON.stringify(body) === JSON.stringify(ANSWER))).toEqual([false, true, true]);
    });
  });
});
