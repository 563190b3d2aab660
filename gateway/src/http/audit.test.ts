import { type RunningHttpServer, startHttpServer } from "@alliance-hub/tests/kit/gateway-http-server";
import { serverAudits } from "graphql-http";

let running: RunningHttpServer;

beforeAll(async () => {
  running = await startHttpServer();
});
afterAll(() => running.server.close());

describe("GraphQL over HTTP audits", () => {
  const audits = serverAudits({
    url: () => `${running.url}/graphql`,
    fetchFn: (url: string, init: RequestInit = {}) =>
      fetch(url, { ...init, headers: { ...init.headers, "x-hub-request": "1" } }),
  });

  it("has audits to run", () => {
    expect(audits.length).toBeGreaterThan(50);
  });

  it.each(audits.map((audit) => [audit.id, audit.name, audit] as const))("%s %s", async (_id, _name, audit) => {
    const result = await audit.fn();
    expect(result).toMatchObject({ status: "ok" });
  });
});
