import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EXAMPLE_QUERIES } from "@alliance-hub/hub/demo/example-queries";
import { askGraph } from "../../kit/graph-client";
import { readDocumentedOperations } from "../../kit/markdown-blocks";
import { type RunningHub, startHub } from "../../kit/running-hub";

jest.setTimeout(120_000);

/** Root fields that tell a reader nothing: null, an empty list, a connection without rows. */
function listEmptyFields(data: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(data)
    .filter(([, value]) => isEmpty(value))
    .map(([field]) => field);
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined) {
    return true;
  }
  if (Array.isArray(value)) {
    return value.every(isEmpty);
  }
  const { nodes, edges } = value as { nodes?: unknown; edges?: unknown };
  return [nodes, edges].some((rows) => Array.isArray(rows) && rows.length === 0);
}

describe("queries that we show to others", () => {
  const dataDir = mkdtempSync(join(tmpdir(), "documented-queries-"));
  let hub: RunningHub;

  beforeAll(async () => {
    hub = await startHub(dataDir);
  });

  afterAll(async () => {
    await hub.program.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  async function expectRows(query: string, variables?: Record<string, unknown>): Promise<void> {
    const { status, data, errors } = await askGraph(hub.graphUrl, query, variables);
    expect(errors).toBeUndefined();
    expect(status).toBe(200);
    expect(Object.keys(data ?? {})).not.toEqual([]);
    expect(listEmptyFields(data ?? {})).toEqual([]);
  }

  it.each(readDocumentedOperations())("$file:$line answers with rows of the demo data", async ({ text }) => {
    await expectRows(text);
  });

  it.each([...EXAMPLE_QUERIES])("the explorer's tab $title answers with rows", async ({ query, variables }) => {
    await expectRows(query, variables);
  });
});
