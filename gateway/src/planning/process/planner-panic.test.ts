import { pino } from "pino";
import { composeSupergraph } from "../../composition/compose-supergraph";
import { createGateway } from "../../gateway";
import { startPlannerProcess } from "./planner-process";

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@requires", "@external"])\n';

/** The planner ends its process over `{ x { label } }`: a computed field behind keys that no subgraph has both of. */
const { supergraphSdl = "" } = composeSupergraph([
  {
    name: "x",
    url: "http://x.test",
    sdl: `${LINK}type Query { x: Product count: Int } type Product @key(fields: "id") { id: ID! }`,
  },
  {
    name: "a",
    url: "http://a.test",
    sdl: `${LINK}type Product @key(fields: "id") @key(fields: "sku") { id: ID! sku: ID! weight: Int @external label: String @requires(fields: "weight") }`,
  },
  { name: "b", url: "http://b.test", sdl: `${LINK}type Product @key(fields: "sku") { sku: ID! weight: Int }` },
]);

describe("createGateway() with a planner process", () => {
  it("refuses an operation that ends the planner, and answers the others", async () => {
    const errors: string[] = [];
    const log = pino({ level: "error" }, { write: (line: string) => errors.push(line) });
    const planMaker = await startPlannerProcess(supergraphSdl, { log });
    const execute = jest.fn(async () => ({ data: { count: 1 } }));
    const gateway = createGateway({
      supergraphSdl,
      planMaker,
      transports: new Map(["x", "a", "b"].map((name) => [name, { execute, close: async () => undefined }])),
      log,
    });
    const ask = (query: string) =>
      gateway.execute({
        query,
        requestId: "test",
        deadlineAtMs: Date.now() + 20_000,
        signal: new AbortController().signal,
        allowMutation: false,
      });
    try {
      const [fatal, harmless] = await Promise.all([ask("{ x { label } }"), ask("{ count }")]);
      expect(fatal.errors).toEqual([
        expect.objectContaining({ extensions: { code: "NOT_AVAILABLE", retryable: false } }),
      ]);
      expect(execute).toHaveBeenCalledTimes(1);
      expect(harmless.errors).toBeUndefined();
      expect(await ask("{ x { label } }")).toEqual(fatal);
      expect((await ask("{ count other: count }")).errors).toBeUndefined();
      // It was tried twice, the second time alone; the third time nobody was asked.
      expect(errors.filter((line) => line.includes("the planner is started again"))).toHaveLength(2);
      expect(errors.join()).toMatch(/panic at \S+\.rs:\d+/);
    } finally {
      await gateway.close();
    }
  });
});
