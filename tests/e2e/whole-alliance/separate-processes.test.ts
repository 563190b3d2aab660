import { findFreePort } from "../../kit/free-port";
import { type Program, startProgram } from "../../kit/program";
import { createTestDatabase, type TestDatabase } from "../../kit/test-database";
import { acceptAlliance } from "./accept-alliance";

jest.setTimeout(60_000);

const SUBGRAPHS = ["organizations", "needs", "projects", "funds"] as const;

acceptAlliance("the alliance in separate processes", async () => {
  const databases = new Map<string, TestDatabase>();
  const programs: Program[] = [];
  const addresses: Record<string, string> = {};
  for (const name of SUBGRAPHS) {
    const database = await createTestDatabase(name);
    databases.set(name, database);
    const port = await findFreePort();
    addresses[`SUBGRAPH_${name.toUpperCase()}_URL`] = `http://127.0.0.1:${port}/graphql`;
    const env = { DATABASE_URL: database.url, PORT: String(port), OPEN_DEMO: "true" };
    programs.push(startProgram({ program: `subgraphs/${name}/dist/main.js`, env }));
  }
  await Promise.all(programs.map((program) => program.waitFor(/"msg":"listening"/)));
  await seedDatabases(databases);
  const port = await findFreePort();
  const gateway = startProgram({ program: "gateway/dist/main.js", env: { ...addresses, PORT: String(port) } });
  programs.push(gateway);
  await gateway.waitFor(/listening/i);
  return {
    graphUrl: `http://127.0.0.1:${port}/graphql`,
    databaseUrl: (subgraph) => databases.get(subgraph)?.url ?? "",
    close: async () => {
      const codes = await Promise.all(programs.reverse().map((program) => program.stop()));
      expect(codes).toEqual([0, 0, 0, 0, 0]);
      await Promise.all([...databases.values()].map((database) => database.drop()));
    },
  };
});

/** The same demo data as in one process, by the hub's own command. */
async function seedDatabases(databases: ReadonlyMap<string, TestDatabase>): Promise<void> {
  const env = Object.fromEntries([...databases].map(([name, { url }]) => [`${name.toUpperCase()}_DATABASE_URL`, url]));
  const seeding = startProgram({ program: "hub/dist/main.js", args: ["seed"], env });
  const code = await seeding.ended;
  if (code !== 0) {
    throw new Error(`the demo data could not be loaded: ${seeding.stderr()}`);
  }
}
