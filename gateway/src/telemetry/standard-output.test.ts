import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLog } from "./log";
import { openStandardOutput } from "./standard-output";

describe("openStandardOutput()", () => {
  const folder = mkdtempSync(join(tmpdir(), "log-"));
  const fileName = join(folder, "log.txt");
  const fileDescriptor = openSync(fileName, "w");
  const exitListeners = process.listeners("exit");
  const log = createLog("info", openStandardOutput(fileDescriptor));
  const readLines = () =>
    readFileSync(fileName, "utf8")
      .split("\n")
      .flatMap((line): string[] => (line === "" ? [] : [JSON.parse(line).msg]));

  afterAll(() => {
    for (const listener of process.listeners("exit").filter((one) => !exitListeners.includes(one))) {
      process.off("exit", listener);
    }
    closeSync(fileDescriptor);
    rmSync(folder, { recursive: true });
  });

  it("lets a line wait for others, a warning for nothing, and keeps their order", () => {
    log.info("first");
    expect(readLines()).toEqual([]);
    log.warn("second");
    expect(readLines()).toEqual(["first", "second"]);
  });

  it("writes what waits after a moment", async () => {
    log.info("third");
    while (!readLines().includes("third")) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(readLines()).toEqual(["first", "second", "third"]);
  });

  it("writes at once when there is much to write", () => {
    log.info("x".repeat(10_000));
    expect(readLines()).toHaveLength(4);
  });

  it("writes the rest when the process ends", () => {
    log.info("last");
    expect(readLines()).toHaveLength(4);
    for (const listener of process.listeners("exit").filter((one) => !exitListeners.includes(one))) {
      listener.call(process, 0);
    }
    expect(readLines().at(-1)).toBe("last");
  });

  it("goes on when nobody reads any more", () => {
    const closed = openSync(fileName, "r");
    const unread = createLog("info", openStandardOutput(closed));
    // Writing to what is only open for reading fails as writing to a pipe without a reader does.
    unread.warn("lost");
    unread.warn("lost, too");
    closeSync(closed);
    expect(readLines()).not.toContain("lost");
  });
});
