import { Client } from "pg";
import { createTestDatabase, type TestDatabase } from "./test-database";

async function countDatabases(url: string, name: string): Promise<number> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const found = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [name]);
  await client.end();
  return found.rowCount ?? 0;
}

describe("createTestDatabase()", () => {
  const databases: TestDatabase[] = [];

  async function create(): Promise<TestDatabase> {
    const database = await createTestDatabase("kit");
    databases.push(database);
    return database;
  }

  afterEach(async () => {
    await Promise.all(databases.splice(0).map((database) => database.drop()));
  });

  it("creates databases that do not see each other", async () => {
    const [first, second] = await Promise.all([create(), create()]);
    const client = new Client({ connectionString: first.url });
    await client.connect();
    await client.query("CREATE TABLE mark (id int)");
    await client.end();

    const other = new Client({ connectionString: second.url });
    await other.connect();
    const found = await other.query("SELECT to_regclass('mark') AS mark");
    await other.end();
    expect(found.rows).toEqual([{ mark: null }]);
  });

  it("drops a database that somebody is still connected to", async () => {
    const [doomed, observer] = await Promise.all([create(), create()]);
    const client = new Client({ connectionString: doomed.url });
    const cutOff = new Promise((resolve) => client.on("error", resolve));
    await client.connect();
    await doomed.drop();
    await cutOff;
    expect(await countDatabases(observer.url, doomed.name)).toBe(0);
  });
});
