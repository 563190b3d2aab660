import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { askGraph } from "../../kit/graph-client";
import { type RunningHub, startHub } from "../../kit/running-hub";
import { printPublicSchema, runClient, runNode } from "./run-node";

jest.setTimeout(120_000);

/** What each client's program prints; see need-operations.mjs. */
interface ClientResult {
  readonly county: unknown;
  readonly walk: {
    readonly ids: readonly string[];
    readonly totalCount: number;
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
    readonly requests: number;
  };
  /** Status of a need before and after it was submitted by the client, as its cache tells, or the hub for want of one. */
  readonly mutation: { readonly id: string; readonly before: string; readonly after: string };
  /** Status of a need before and after it was read again, while somebody else had submitted it. */
  readonly refetch: {
    readonly before: string;
    readonly after: string;
    readonly node?: unknown;
    readonly text?: string;
  };
  /** First in the old media type, then in the new one. */
  readonly errors: readonly [ClientErrors, ClientErrors];
}

interface ClientErrors {
  readonly field: { readonly errors: readonly unknown[]; readonly caught?: unknown; readonly data?: unknown };
  readonly request: { readonly errors: readonly unknown[]; readonly data?: unknown };
  /** Status and media type of both answers. */
  readonly wire: readonly (readonly [number, string])[];
}

const PAGE_SIZE = 37;
const NEW_TYPE = "application/graphql-response+json";
const BAD_ID = { code: "BAD_USER_INPUT", retryable: false, fields: ["id"] };
const BAD_FIRST = { code: "BAD_USER_INPUT", retryable: false, fields: ["first"] };

const dataDir = mkdtempSync(join(tmpdir(), "clients-"));
let hub: RunningHub;
/** Ids of all published needs in the order of the list, read without any client. */
let publishedIds: string[];

beforeAll(async () => {
  hub = await startHub(join(dataDir, "hub"));
  publishedIds = await readPublishedIds();
  expect(publishedIds.length).toBeGreaterThan(PAGE_SIZE * 3);
});

afterAll(async () => {
  await hub.program.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function ask<Data>(query: string, variables: Record<string, unknown> = {}): Promise<Data> {
  const { data, errors } = await askGraph(hub.graphUrl, query, variables);
  expect(errors).toBeUndefined();
  return data as Data;
}

async function readPublishedIds(): Promise<string[]> {
  const ids: string[] = [];
  for (let after: string | null = null, hasNextPage = true; hasNextPage; ) {
    const page: {
      publishedNeeds: { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
    } = await ask(
      `query ($after: String) {
        publishedNeeds(first: 100, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } }
      }`,
      { after },
    );
    ids.push(...page.publishedNeeds.nodes.map(({ id }) => id));
    ({ hasNextPage, endCursor: after } = page.publishedNeeds.pageInfo);
  }
  return ids;
}

/** What all clients have in common. */
async function expectEverythingWorks(result: ClientResult): Promise<void> {
  expect(result.county).toMatchObject({
    adminDivision: { id: "zz-alliance.admin-division.430225", name: "炎陵县" },
    publishedNeeds: { nodes: Array(3).fill({ township: { parent: { name: "炎陵县" } } }) },
  });

  expect(result.walk.ids).toEqual(publishedIds);
  expect(new Set(result.walk.ids).size).toBe(result.walk.totalCount);
  expect(result.walk.requests).toBe(Math.ceil(publishedIds.length / PAGE_SIZE));
  expect(result.walk.pageInfo).toMatchObject({ hasNextPage: false, endCursor: expect.any(String) });

  expect(result.mutation).toMatchObject({ before: "DRAFT", after: "SUBMITTED" });
  const { need } = await ask<{ need: unknown }>("query ($id: ID!) { need(id: $id) { version status } }", {
    id: result.mutation.id,
  });
  expect(need).toEqual({ version: 2, status: "SUBMITTED" });

  expect(result.refetch).toMatchObject({ before: "DRAFT", after: "SUBMITTED" });

  const [json, responseJson] = result.errors;
  expect(json.wire).toEqual([
    [200, "application/json"],
    [200, "application/json"],
  ]);
  expect(responseJson.wire).toEqual([
    [200, NEW_TYPE],
    [400, NEW_TYPE],
  ]);
}

/** For clients that hand over errors as they came. */
function expectErrors({ errors }: ClientResult): void {
  for (const { field, request } of errors) {
    expect(field.errors).toEqual([expect.objectContaining({ path: ["node"], extensions: BAD_ID })]);
    expect(request.errors).toEqual([expect.objectContaining({ extensions: BAD_FIRST })]);
    expect(request.data).toBeUndefined();
  }
}

const SUBMITTED_NODE = { __typename: "Need", version: 2, status: "SUBMITTED" };

describe("@apollo/client with its cache", () => {
  let result: ClientResult & { hashes: Record<string, { method: string; status: number; sent: string }[]> };

  beforeAll(async () => {
    result = await runClient("apollo-client.mjs", hub.graphUrl);
  });

  it("queries, walks, changes and reads again", async () => {
    await expectEverythingWorks(result);
    expect(result.refetch.node).toMatchObject(SUBMITTED_NODE);
  });

  it("hands over errors with their codes, beside what could be read", () => {
    expectErrors(result);
    expect(result.errors.map(({ field }) => field.data)).toEqual([{ node: null }, { node: null }]);
  });

  it("sends documents once it has learned that hashes are not served", () => {
    const document = { method: "POST", status: 200, sent: "document" };
    expect(result.hashes).toEqual({
      byDefault: [{ method: "POST", status: 400, sent: "hash" }, document, document],
      inOldMediaType: [{ method: "POST", status: 200, sent: "hash" }, document, document],
      byGet: [{ method: "GET", status: 400, sent: "hash" }, document, document],
    });
  });
});

describe("urql with its normalised cache", () => {
  let result: ClientResult & {
    methods: unknown;
    withoutSettings: { errors: { message: string; extensions: unknown }[]; wire: unknown };
  };

  beforeAll(async () => {
    result = await runClient("urql.mjs", hub.graphUrl);
  });

  it("queries by GET, walks, changes and reads again", async () => {
    await expectEverythingWorks(result);
    expect(result.refetch.node).toMatchObject(SUBMITTED_NODE);
    expect(result.methods).toEqual([
      ["GET", 200],
      ["POST", 200],
      ["GET", 200],
      ["POST", 200],
    ]);
  });

  it("hands over errors with their codes", () => {
    expectErrors(result);
  });

  it("is told which header is missing when it queries by GET without one", () => {
    const { errors, wire } = result.withoutSettings;
    expect(wire).toEqual([["GET", 400]]);
    expect(errors).toEqual([
      {
        message: expect.stringContaining("x-hub-request: 1"),
        extensions: { code: "BAD_USER_INPUT", retryable: false },
      },
    ]);
  });
});

describe("graphql-request", () => {
  let result: ClientResult & { byGet: { county: unknown; wire: unknown } };

  beforeAll(async () => {
    result = await runClient("graphql-request.mjs", hub.graphUrl);
  });

  it("queries, walks, changes and reads again", async () => {
    await expectEverythingWorks(result);
    expect(result.refetch.node).toMatchObject(SUBMITTED_NODE);
    expect(result.byGet).toEqual({ county: result.county, wire: [["GET", 200]] });
  });

  it("hands over errors with their codes, beside what could be read", () => {
    expectErrors(result);
    expect(result.errors.map(({ field }) => field.data)).toEqual([{ node: null }, { node: null }]);
  });
});

describe("Relay", () => {
  let result: ClientResult;

  beforeAll(async () => {
    const folder = join(dataDir, "relay");
    cpSync(join(__dirname, "relay"), join(folder, "src"), { recursive: true });
    mkdirSync(join(folder, "artifacts"));
    writeFileSync(join(folder, "schema.graphql"), await printPublicSchema());
    const config = {
      src: "./src",
      schema: "./schema.graphql",
      artifactDirectory: "./artifacts",
      language: "javascript",
      eagerEsModules: false,
      noSourceControl: true,
    };
    writeFileSync(join(folder, "relay.config.json"), JSON.stringify(config));
    await runNode(require.resolve("relay-compiler/cli.js"), ["relay.config.json"], folder);
    result = await runClient("relay.mjs", hub.graphUrl, join(folder, "artifacts"));
  });

  it("compiles, queries, walks, changes and reads again by the generated query", async () => {
    await expectEverythingWorks(result);
    expect(result.refetch.text).toMatch(/^query needsDetailRefetchQuery\(\s*\$id: ID!\s*\) \{\s*node\(id: \$id\) \{/);
  });

  it("hands over errors with their codes", () => {
    for (const { field, request } of result.errors) {
      expect(field.caught).toEqual({ ok: false, errors: [{ extensions: BAD_ID }] });
      expect(request.errors).toEqual([expect.objectContaining({ extensions: { ...BAD_ID, fields: ["ids"] } })]);
    }
  });
});
