import { QueryFailedError } from "typeorm";
import { createServiceLog } from "./service-log";

function capture(): { lines: Record<string, unknown>[]; write(line: string): void } {
  const lines: Record<string, unknown>[] = [];
  return { lines, write: (line) => void lines.push(JSON.parse(line)) };
}

describe("createServiceLog()", () => {
  it("writes the time of each line to the millisecond", () => {
    const destination = capture();
    const log = createServiceLog("gateway", "info", destination);
    jest.useFakeTimers();
    try {
      const times = [
        "2026-11-24T23:59:59.007Z",
        "2026-11-24T23:59:59.999Z",
        "2026-11-25T00:00:00.000Z",
        "2026-11-24T23:59:59.070Z",
      ];
      for (const time of times) {
        jest.setSystemTime(new Date(time));
        log.info("x");
      }
      expect(destination.lines.map(({ time }) => time)).toEqual(times);
    } finally {
      jest.useRealTimers();
    }
  });

  it("writes an error with its causes but without what libraries hang on it", () => {
    const destination = capture();
    const inner = Object.assign(new Error("refused"), { code: "ECONNREFUSED", client: { secretKey: 4711 } });
    const outer = Object.assign(new TypeError("failed", { cause: inner }), { body: { name: "Zhang San" }, code: 7 });
    createServiceLog("gateway", "info", destination).error({ err: outer }, "it failed");
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

  it("writes a failed statement without its parameters", () => {
    const destination = capture();
    const refused = Object.assign(new Error("duplicate key"), {
      code: "23505",
      detail: "Key (name)=(Zhang San) exists.",
    });
    const failure = new QueryFailedError("INSERT INTO person VALUES ($1)", ["Zhang San"], refused);
    createServiceLog("needs", "info", destination).error({ err: failure }, "unexpected error");
    expect(destination.lines).toMatchObject([{ service: "needs", err: { message: "duplicate key", code: "23505" } }]);
    expect(JSON.stringify(destination.lines)).not.toContain("Zhang San");
  });

  it("ends where causes go round, and writes nothing of what is no error", () => {
    const destination = capture();
    const round = new Error("round");
    round.cause = round;
    const log = createServiceLog("gateway", "info", destination);
    log.error({ err: round });
    log.error({ err: { query: "{ secret }" } });
    expect(destination.lines).toHaveLength(2);
    expect(JSON.stringify(destination.lines)).not.toContain("secret");
  });

  it("leaves out what is below its level", () => {
    const destination = capture();
    createServiceLog("gateway", "warn", destination).info("quiet");
    expect(destination.lines).toEqual([]);
  });
});
