import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findFreePort } from "../../kit/free-port";
import { startProgram } from "../../kit/program";

const HUB = "hub/dist/main.js";

jest.setTimeout(120_000);

describe("a hub that is told to stop while it fills in demo data", () => {
  let dataDir: string;

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), "stopped-start-"));
  });

  afterEach(() => {
    rmSync(dataDir, { recursive: true, force: true });
  });

  it("ends in order, with its database and without having been up, and the next start goes on", async () => {
    const env = { PORT: String(await findFreePort()), HUB_DATA: dataDir };
    const first = startProgram({ program: HUB, args: ["start", "--scale", "10"], env });
    await first.waitFor(/Demo data: organizations/);
    expect(await first.stop()).toBe(0);
    expect(first.stderr()).toContain("Stopping ...");
    expect(first.stderr()).not.toContain("The alliance is up");
    expect(existsSync(join(dataDir, "postgres-18/postmaster.pid"))).toBe(false);

    const second = startProgram({ program: HUB, args: ["start"], env });
    await second.waitFor(/The alliance is up/);
    expect(await second.stop()).toBe(0);
    expect(second.stdout()).toContain('"service":"hub"');
    expect(second.stdout()).not.toContain('"service":"gateway"');
  });

  it("ends its database with `hub seed`, too, and says that it is not done", async () => {
    const seeding = startProgram({ program: HUB, args: ["seed", "--scale", "10"], env: { HUB_DATA: dataDir } });
    await seeding.waitFor(/Demo data: organizations/);
    expect(await seeding.stop()).toBe(1);
    expect(seeding.stderr()).toContain("Stopped before it was done.");
    expect(existsSync(join(dataDir, "postgres-18/postmaster.pid"))).toBe(false);
  });
});
