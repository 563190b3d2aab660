import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Client } from "pg";
import { startTestCluster } from "./test-cluster";

async function ask(url: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query("SELECT 1 AS one");
  await client.end();
  return rows;
}

describe("startTestCluster()", () => {
  it("removes the server of a run that was killed, and none of a run that lives", async () => {
    const killed = spawn(process.execPath, [
      "--require",
      join(__dirname, "load-typescript.cjs"),
      join(__dirname, "test-cluster-child.ts"),
    ]);
    const [orphanUrl] = (await once(createInterface(killed.stdout), "line")) as [string];
    killed.kill("SIGKILL");
    await once(killed, "exit");
    expect(await ask(orphanUrl)).toEqual([{ one: 1 }]);

    const cluster = await startTestCluster();
    try {
      await expect(ask(orphanUrl)).rejects.toThrow();
      expect(await ask(cluster.adminUrl)).toEqual([{ one: 1 }]);
      expect(await ask(process.env.TEST_DATABASE_URL ?? "")).toEqual([{ one: 1 }]);
    } finally {
      await cluster.remove();
    }
    await expect(ask(cluster.adminUrl)).rejects.toThrow("ECONNREFUSED");
  });
});
