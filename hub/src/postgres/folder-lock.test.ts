import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import fc from "fast-check";
import { lockFolder } from "./folder-lock";
import { readProcessFacts } from "./process-facts";

describe("lockFolder()", () => {
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "hub-lock-"));
    file = join(folder, "postgres.lock.7");
  });

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  async function holderOf(pid: number): Promise<string> {
    return JSON.stringify({ host: hostname(), pid, startedAt: (await readProcessFacts(pid))?.startedAt ?? "" });
  }

  it("refuses a second holder until the first releases it", async () => {
    const lock = await lockFolder(folder);
    await expect(lockFolder(folder)).rejects.toThrow(`in use by the process with pid ${process.pid}`);
    await lock.release();
    await (await lockFolder(folder)).release();
    expect(await readdir(folder)).toEqual(["postgres.lock.2"]);
  });

  it("takes over from a process that is gone", async () => {
    const child = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60000)"], { stdio: "ignore" });
    await once(child, "spawn");
    await writeFile(file, await holderOf(child.pid ?? 0));
    await expect(lockFolder(folder)).rejects.toThrow(`pid ${child.pid}`);
    child.kill("SIGKILL");
    await once(child, "exit");
    await (await lockFolder(folder)).release();
  });

  it("takes over from an earlier process that had the pid of a living one", async () => {
    await writeFile(file, JSON.stringify({ host: hostname(), pid: process.pid, startedAt: "another boot/1" }));
    await (await lockFolder(folder)).release();
  });

  it("believes the lock of another host as long as it is touched", async () => {
    await writeFile(file, JSON.stringify({ host: "another-container", pid: process.pid, startedAt: "" }));
    await expect(lockFolder(folder)).rejects.toThrow(`pid ${process.pid} on another-container`);
    const aMinuteAgo = new Date(Date.now() - 60_000);
    await utimes(file, aMinuteAgo, aMinuteAgo);
    await (await lockFolder(folder)).release();
  });

  it("says that the folder cannot be used when it is not there", async () => {
    await rm(folder, { recursive: true });
    await expect(lockFolder(folder)).rejects.toThrow("ENOENT");
  });

  it("lets exactly one of many win, whatever an earlier one left", async () => {
    const leftLocks = fc.dictionary(fc.integer({ min: 1, max: 12 }).map(String), fc.string(), { maxKeys: 3 });
    const pausesMs = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(leftLocks, pausesMs, async (left, pauses) => {
        const arena = await mkdtemp(join(folder, "arena-"));
        for (const [number, content] of Object.entries(left)) {
          await writeFile(join(arena, `postgres.lock.${number}`), content);
        }
        const outcomes = await Promise.allSettled(
          pauses.map(async (pauseMs) => {
            await delay(pauseMs);
            return lockFolder(arena);
          }),
        );
        const winners = outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []));
        expect(winners).toHaveLength(1);
        const [name, ...others] = await readdir(arena);
        expect(others).toEqual([]);
        expect(await readFile(join(arena, name ?? ""), "utf8")).toBe(await holderOf(process.pid));
        await winners[0]?.release();
      }),
      { numRuns: 100 },
    );
  });

  it("never lets two hold it while many take and release it", async () => {
    let holders = 0;
    let turns = 0;
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        for (let attempt = 0; attempt < 50; attempt += 1) {
          const lock = await lockFolder(folder).catch(() => undefined);
          if (lock === undefined) {
            continue;
          }
          holders += 1;
          expect(holders).toBe(1);
          turns += 1;
          await delay(1);
          holders -= 1;
          await lock.release();
        }
      }),
    );
    expect(turns).toBeGreaterThan(0);
  });
});
