import { composeSupergraph } from "../../composition/compose-supergraph";
import { SupergraphInvalid } from "../native-planner";
import { createPlanMaker, NoPlan } from "../plan-maker";
import { type PlannerProcess, startPlannerProcess } from "./planner-process";

const { supergraphSdl = "" } = composeSupergraph([
  { name: "a", url: "http://a.test", sdl: "type Query { a: A } type A { x: Int }" },
]);
const NO_LABELS = new Set<string>();

function fail(): never {
  throw new Error("the planner has no process");
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe("startPlannerProcess()", () => {
  const error = jest.fn();
  const log = { error };
  let maker: PlannerProcess | undefined;
  afterEach(async () => {
    await maker?.close();
    error.mockReset();
  });

  const plan = (query: string) => maker?.makePlan(query, NO_LABELS, 100);

  it("makes the plans that this process would make", async () => {
    maker = await startPlannerProcess(supergraphSdl, { log });
    const here = createPlanMaker(supergraphSdl);
    for (const query of ["{a{x}}", "{a{b:x c:x}}"]) {
      expect(await plan(query)).toEqual(await here.makePlan(query, NO_LABELS, 100));
    }
  });

  it("prepares a supergraph with contexts for the planner", async () => {
    const sdl = `
      extend schema @link(url: "https://specs.apollo.dev/federation/v2.8", import: ["@key", "@context", "@fromContext"])
      type Query @context(name: "site") { language: String page: Page }
      type Page @key(fields: "id") { id: ID! title(in: String @fromContext(field: "$site { language }")): String }`;
    const composed = composeSupergraph([{ name: "a", url: "http://a.test", sdl }]);
    maker = await startPlannerProcess(composed.supergraphSdl ?? fail(), { log });
    expect(JSON.stringify(await plan("{ x: _ctx_entry_0_Page { title } }"))).toContain("keys of a");
  });

  it("tells that there is no plan, and makes the next", async () => {
    maker = await startPlannerProcess(supergraphSdl, { log });
    await expect(plan("{ z }")).rejects.toThrow(NoPlan);
    expect(await plan("{a{x}}")).toMatchObject({ kind: "Fetch" });
  });

  it("goes on after its process was killed: plans under way are made again", async () => {
    maker = await startPlannerProcess(supergraphSdl, { log });
    const pid = maker.pid ?? fail();
    process.kill(pid, "SIGSTOP");
    const plans = [plan("{a{x}}"), plan("{a{y:x}}")];
    process.kill(pid, "SIGKILL");
    expect(await Promise.all(plans)).toEqual([
      expect.objectContaining({ kind: "Fetch" }),
      expect.objectContaining({ kind: "Fetch" }),
    ]);
    expect(error).toHaveBeenCalledTimes(1);
  });

  it("ends a process that hangs, and tells whoever waited for too long", async () => {
    maker = await startPlannerProcess(supergraphSdl, { log, timeLimitMs: 300 });
    process.kill(maker.pid ?? fail(), "SIGSTOP");
    await expect(plan("{a{x}}")).rejects.toMatchObject({
      errors: [{ code: "LIMIT_EXCEEDED", extensions: { limit: "planningTime" } }],
    });
    expect(await plan("{a{x}}")).toMatchObject({ kind: "Fetch" });
  });

  it("refuses a supergraph as this process would", async () => {
    await expect(startPlannerProcess("type Query { a: Int }", { log })).rejects.toThrow(SupergraphInvalid);
  });

  it("leaves no process behind, and makes no plan when it is closed", async () => {
    maker = await startPlannerProcess(supergraphSdl, { log });
    const pid = maker.pid ?? fail();
    expect(isAlive(pid)).toBe(true);
    await maker.close();
    expect(isAlive(pid)).toBe(false);
    await expect(plan("{a{x}}")).rejects.toThrow("closed");
    expect(error).not.toHaveBeenCalled();
  });
});
