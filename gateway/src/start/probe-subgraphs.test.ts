import { type SubgraphTransport, SubgraphUnreachable } from "../egress/subgraph-transport";
import { createSubgraphProbe } from "./probe-subgraphs";

function transports(...names: string[]) {
  const down = new Set<string>();
  let asked = 0;
  const byName = new Map(
    names.map((name): [string, SubgraphTransport] => [
      name,
      {
        async execute() {
          asked += 1;
          if (down.has(name)) {
            throw new SubgraphUnreachable(name, "refused", "connect ECONNREFUSED");
          }
          return { data: { __typename: "Query" } };
        },
        async close() {},
      },
    ]),
  );
  return { byName, down, asked: () => asked };
}

describe("createSubgraphProbe()", () => {
  it("is ready while one subgraph answers, names the others, and is not ready when none does", async () => {
    const { byName, down } = transports("needs", "funds");
    let nowMs = 0;
    const probe = createSubgraphProbe(
      () => byName,
      () => nowMs,
    );
    expect(await probe()).toEqual({ isReady: true, reasons: [] });
    down.add("needs");
    nowMs += 2_000;
    expect(await probe()).toEqual({ isReady: true, reasons: ["The subgraph needs does not answer."] });
    down.add("funds");
    nowMs += 2_000;
    expect((await probe()).isReady).toBe(false);
    down.clear();
    nowMs += 2_000;
    expect(await probe()).toEqual({ isReady: true, reasons: [] });
  });

  it("asks once for all who want to know within a short time", async () => {
    const { byName, asked } = transports("needs", "funds");
    let nowMs = 0;
    const probe = createSubgraphProbe(
      () => byName,
      () => nowMs,
    );
    await Promise.all([probe(), probe(), probe()]);
    nowMs += 1_999;
    await probe();
    expect(asked()).toBe(2);
  });
});
