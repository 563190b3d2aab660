import { createLog } from "./log";

function capture(): { lines: Record<string, unknown>[]; write(line: string): void } {
  const lines: Record<string, unknown>[] = [];
  return { lines, write: (line) => void lines.push(JSON.parse(line)) };
}

describe("createLog()", () => {
  it("writes an error with its causes but without what libraries hang on it", () => {
    const destination = capture();
    const inner = Object.assign(new Error("refused"), { code: "ECONNREFUSED", client: { secretKey: 4711 } });
    const outer = Object.assign(new TypeError("failed", { cause: inner }), { body: { name: "Zhang San" }, code: 7 });
    createLog("info", destination).error({ err: outer }, "it failed");
    expect(destination.lines).toEqual([
      {
        level: "error",
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        service: "gateway",
        err: {
          type: "TypeError",
          message: "failed",
          stack: expect.stringContaining("log.test"),
          cause: { type: "Error", message: "refused", code: "ECONNREFUSED", stack: expect.any(String) },
        },
        msg: "it failed",
      },
    ]);
  });

  it("ends where causes go round, and writes nothing of what is no error", () => {
    const destination = capture();
    const round = new Error("round");
    round.cause = round;
    const log = createLog("info", destination);
    log.error({ err: round });
    log.error({ err: { query: "{ secret }" } });
    expect(destination.lines).toHaveLength(2);
    expect(JSON.stringify(destination.lines)).not.toContain("secret");
  });

  it("leaves out what is below its level", () => {
    const destination = capture();
    createLog("warn", destination).info("quiet");
    expect(destination.lines).toEqual([]);
  });
});
