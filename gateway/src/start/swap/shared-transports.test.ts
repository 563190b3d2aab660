import type { SubgraphTransport } from "../../egress/subgraph-transport";
import { SharedTransports } from "./shared-transports";

const REQUEST = {
  query: "{ a }",
  variables: {},
  requestId: "1",
  deadlineAtMs: 0,
  signal: new AbortController().signal,
};

function share() {
  const opened: string[] = [];
  const closed: string[] = [];
  const shared = new SharedTransports(({ name, url }): SubgraphTransport => {
    opened.push(`${name} ${url}`);
    return {
      execute: async () => ({ data: url }),
      close: async () => {
        closed.push(`${name} ${url}`);
      },
    };
  });
  return { shared, opened, closed };
}

describe("SharedTransports", () => {
  it("keeps the transport of an instance whose address did not change, and closes the one that has gone", async () => {
    const { shared, opened, closed } = share();
    const old = shared.lease([
      { name: "needs", url: "http://a" },
      { name: "funds", url: "http://b" },
    ]);
    const next = shared.lease([
      { name: "needs", url: "http://a" },
      { name: "funds", url: "http://c" },
    ]);
    expect(opened).toEqual(["needs http://a", "funds http://b", "funds http://c"]);
    await Promise.all(Array.from(old.values(), (transport) => transport.close()));
    expect(closed).toEqual(["funds http://b"]);
    expect(await next.get("needs")?.execute(REQUEST)).toEqual({ data: "http://a" });
  });

  it("is not closed under another's hands when one gives back twice", async () => {
    const { shared, closed } = share();
    const needs = [{ name: "needs", url: "http://a" }];
    const old = shared.lease(needs).get("needs");
    const next = shared.lease(needs).get("needs");
    await old?.close();
    await old?.close();
    expect(closed).toEqual([]);
    await next?.close();
    expect(closed).toEqual(["needs http://a"]);
  });

  it("opens anew what was closed by all, and once what is named twice", async () => {
    const { shared, opened, closed } = share();
    const needs = { name: "needs", url: "http://a" };
    await shared.lease([needs]).get("needs")?.close();
    const again = shared.lease([needs, needs]);
    expect(opened).toHaveLength(2);
    await again.get("needs")?.close();
    expect(closed).toHaveLength(2);
  });
});
