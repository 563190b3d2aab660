import { createLog } from "./log";
import { logRequest, type RequestRecord } from "./request-log";

function levelOf(record: Partial<RequestRecord>): unknown {
  const lines: Record<string, unknown>[] = [];
  const log = createLog("debug", { write: (line: string) => lines.push(JSON.parse(line)) });
  logRequest(log, { requestId: "1", method: "GET", path: "/graphql", status: 200, durationMs: 1.26, ...record });
  expect(lines).toHaveLength(1);
  return lines[0]?.["level"];
}

describe("logRequest()", () => {
  it.each([
    [{ status: 200 }, "info"],
    [{ status: 400 }, "warn"],
    [{ status: 499 }, "warn"],
    [{ status: 500 }, "error"],
    [{ path: "/health" }, "debug"],
    [{ path: "/ready" }, "debug"],
    [{ path: "/ready", status: 503 }, "debug"],
    [{ path: "/ready", status: 500 }, "error"],
    [{ path: "/explorer/graphiql.js" }, "debug"],
  ])("%j is %s", (record, level) => {
    expect(levelOf(record)).toBe(level);
  });

  it("shortens texts that a client chose", () => {
    const lines: string[] = [];
    const log = createLog("debug", { write: (line: string) => lines.push(line) });
    const long = "x".repeat(100_000);
    logRequest(log, {
      requestId: "1",
      method: "GET",
      path: `/${long}`,
      status: 404,
      durationMs: 1,
      operationName: long,
    });
    expect(lines.join("").length).toBeLessThan(500);
  });
});
