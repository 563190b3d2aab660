import { type RunningHttpServer, startHttpServer } from "@alliance-hub/tests/kit/gateway-http-server";
import { listGraphqlOverHttpAudits } from "@alliance-hub/tests/kit/graphql-over-http-audits";

let running: RunningHttpServer;

beforeAll(async () => {
  running = await startHttpServer();
});
afterAll(() => running.server.close());

describe("GraphQL over HTTP audits", () => {
  const audits = listGraphqlOverHttpAudits(() => `${running.url}/graphql`, { "x-hub-request": "1" });

  it("has audits to run", () => {
    expect(audits.length).toBeGreaterThan(50);
  });

  it.each(audits.map((audit) => [audit.id, audit.name, audit] as const))("%s %s", async (_id, _name, audit) => {
    const result = await audit.fn();
    expect(result).toMatchObject({ status: "ok" });
  });
});
