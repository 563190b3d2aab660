import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { lockFolder } from "./folder-lock";
import { readProcessFacts } from "./process-facts";

describe("lockFolder()", () => {
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "hub-lock-"));
    file = join(folder, "postgres.lock");
  });

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  async function holderOf(pid: number): Promise<string> {
    return JSON.stringify({ host: hostname(), pid, startedAt: (await readProcessFacts(pid))?.startedAt ?? "" });
  }

  it("refuses a second holder until the first releases it", async () => {
    const lock = await lockFolder(file);
    await expect(lockFolder(file)).rejects.toThrow(`in use by the process with pid ${process.pid}`);
    await lock.release();
    await (await lockFolder(file)).release();
    expect(await readdir(folder)).toEqual([]);
  });

  it("takes over from a process that is gone", async () => {
    const child = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60000)"], { stdio: "ignore" });
    await once(child, "spawn");
    await writeFile(file, await holderOf(child.pid ?? 0));
    await expect(lockFolder(file)).rejects.toThrow(`pid ${child.pid}`);
    child.kill("SIGKILL");
    await once(child, "exit");
    await (await lockFolder(file)).release();
  });

  it("takes over from an earlier process that had the pid of a living one", async () => {
    await writeFile(file, JSON.stringify({ host: hostname(), pid: process.pid, startedAt: "another boot/1" }));
    await (await lockFolder(file)).release();
  });

  it("believes the lock of another host as long as it is touched", async () => {
    await writeFile(file, JSON.stringify({ host: "another-container", pid: process.pid, startedAt: "" }));
    await expect(lockFolder(file)).rejects.toThrow(`pid ${process.pid} on another-container`);
    const aMinuteAgo = new Date(Date.now() - 60_000);
    await utimes(file, aMinuteAgo, aMinuteAgo);
    await (await lockFolder(file)).release();
  });

  it("lets exactly one of many win, whatever lies there", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.option(fc.string(), { nil: undefined }),
        fc.integer({ min: 1, max: 8 }),
        async (left, rivals) => {
          if (left !== undefined) {
            await writeFile(file, left);
          }
          const outcomes = await Promise.allSettled(Array.from({ length: rivals }, () => lockFolder(file)));
          const winners = outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []));
          expect(winners).toHaveLength(1);
          expect(await readFile(file, "utf8")).toBe(await holderOf(process.pid));
          await winners[0]?.release();
        },
      ),
      { numRuns: 50 },
    );
  });
});
