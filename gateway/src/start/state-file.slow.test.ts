import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStateDirectory, writeWhole } from "./state-file";

const LOADER = join(__dirname, "../../../tests/kit/load-typescript.cjs");
const KILLS = 25;
/** Large enough that a write takes a while. */
const SIZE = 2 * 1024 * 1024;

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "state-file-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

/** Writes the file without end, each time full of another letter; its output begins when the first one is there. */
const WRITER = `
  const { writeWhole } = require(${JSON.stringify(join(__dirname, "state-file.ts"))});
  (async () => {
    for (let at = 0; ; at += 1) {
      await writeWhole(process.argv[1], String.fromCharCode(97 + (at % 26)).repeat(${SIZE}));
      if (at === 0) process.stdout.write("writing");
    }
  })();
`;

describe("writeWhole()", () => {
  it("leaves a whole file whenever the process is killed", async () => {
    const file = join(directory, "state.json");
    const letters = new Set<string>();
    for (let kill = 0; kill < KILLS; kill += 1) {
      const child = spawn(process.execPath, ["--require", LOADER, "--eval", WRITER, file], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      await once(child.stdout, "data");
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 40));
      child.kill("SIGKILL");
      await once(child, "close");
      const text = readFileSync(file, "utf8");
      expect(text.length).toBe(SIZE);
      expect(text).toBe(text.charAt(0).repeat(SIZE));
      letters.add(text.charAt(0));
    }
    // It was killed at different moments, and at least once in the middle.
    expect(letters.size).toBeGreaterThan(1);
    expect(readdirSync(directory).filter((name) => name.endsWith(".tmp")).length).toBeGreaterThan(0);
  }, 120_000);

  it("leaves nothing beside the file when it cannot be written", async () => {
    const path = join(directory, "state.json");
    openStateDirectory(path, "inner");
    await expect(writeWhole(path, "text")).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST|directory/);
    expect(readdirSync(directory)).toEqual(["state.json"]);
  });
});

describe("openStateDirectory()", () => {
  it("removes what killed processes left of this file long ago, and nothing else", () => {
    const [old, fresh, other] = ["s.json.1-a.tmp", "s.json.2-b.tmp", "t.json.1-a.tmp"].map((name) =>
      join(directory, name),
    );
    for (const path of [old, fresh, other]) {
      writeFileSync(path ?? "", "half");
    }
    for (const path of [old, other]) {
      utimesSync(path ?? "", 1, 1);
    }
    openStateDirectory(directory, "s.json");
    expect([old, fresh, other].map((path) => existsSync(path ?? ""))).toEqual([false, true, true]);
  });
});
