import { RestartPolicy } from "./restart-policy";

describe("RestartPolicy", () => {
  it("pauses longer the more workers end soon, up to a bound, and not after a long life", () => {
    const policy = new RestartPolicy();
    expect(Array.from({ length: 8 }, () => policy.noteEnd(1_000))).toEqual([
      100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000,
    ]);
    expect(policy.noteEnd(60_000)).toBe(100);
    expect(policy.noteEnd(1_000)).toBe(100);
  });

  it("gives up when five in a row end before they can answer", () => {
    const policy = new RestartPolicy();
    const failedStarts = (count: number) => Array.from({ length: count }, () => policy.noteEnd(undefined));
    expect(failedStarts(4)).not.toContain(undefined);
    policy.noteReady();
    expect(failedStarts(4)).not.toContain(undefined);
    expect(policy.noteEnd(undefined)).toBeUndefined();
  });
});
