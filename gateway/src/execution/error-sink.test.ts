import { ErrorSink } from "./error-sink";

/** So many errors, each at a place of its own. */
function listOf(count: number): ReturnType<ErrorSink["list"]> {
  const sink = new ErrorSink();
  for (let index = 0; index < count; index += 1) {
    sink.add({ code: "NOT_FOUND", message: "No such row.", details: {} }, { path: ["rows", index], nodes: [] });
  }
  return sink.list();
}

describe("ErrorSink.list()", () => {
  it("tells 200 errors of one answer, and counts those that are more", () => {
    expect(listOf(0)).toBeUndefined();
    expect(listOf(200)).toHaveLength(200);
    expect(listOf(200)?.every(({ path }) => path !== undefined)).toBe(true);
    for (const more of [1, 2, 5_000]) {
      const errors = listOf(200 + more);
      expect(errors).toHaveLength(201);
      expect(errors?.at(-1)).toEqual({
        message: `${more} more errors are left out.`,
        extensions: { code: "INTERNAL", retryable: true },
      });
    }
  });

  it("tells the same error at the same place once", () => {
    const sink = new ErrorSink();
    for (let time = 0; time < 3; time += 1) {
      sink.add({ code: "NOT_FOUND", message: "No such row.", details: {} }, { path: ["row"], nodes: [] });
    }
    expect(sink.list()).toHaveLength(1);
  });
});
