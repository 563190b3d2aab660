import { appendFile, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openServerLog, readLastFault } from "./server-log";

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "hub-log-"));
  file = join(folder, "postgres-18.log");
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe("openServerLog()", () => {
  it("appends to a small log and begins anew after a large one", async () => {
    await writeFile(file, "old line\n");
    const small = await openServerLog(file);
    expect(small.startOffset).toBe(9);
    await small.close();

    await appendFile(file, Buffer.alloc(11 * 1024 * 1024, "x"));
    const large = await openServerLog(file);
    expect(large.startOffset).toBe(0);
    await large.close();
    expect((await stat(file)).size).toBe(0);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(["postgres-18.log", "postgres-18.log.1"]);
  });
});

describe("readLastFault()", () => {
  it("finds the fault of this start, not that of an older one", async () => {
    await writeFile(file, "2026-01-01 UTC [7] FATAL:  older\n");
    const { size } = await stat(file);
    expect(await readLastFault(file, size)).toBe("it said nothing");
    await appendFile(file, "2026-01-02 UTC [8] FATAL:  newer\n2026-01-02 UTC [8] LOG:  database system is shut down\n");
    expect(await readLastFault(file, size)).toBe("FATAL:  newer");
  });
});
