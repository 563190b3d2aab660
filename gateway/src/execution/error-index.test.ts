import { ErrorIndex } from "./error-index";
import type { FieldError } from "./field-error";

const error = (message: string, path: FieldError["path"]): FieldError => ({ code: "INTERNAL", message, path });

describe("ErrorIndex", () => {
  const index = new ErrorIndex([
    error("no place", undefined),
    error("first", ["a", 0, "b"]),
    error("second", ["a", 0]),
  ]);

  it("finds the first error at a path or below it", () => {
    expect(index.find(["a", 0])?.message).toBe("first");
    expect(index.find(["a", 0, "b"])?.message).toBe("first");
    expect(index.find(["a"])?.message).toBe("first");
  });

  it("finds none above a path, beside it, or where there is none at all", () => {
    expect(
      [
        ["a", 0, "b", "c"],
        ["a", 1],
        ["a", "0"],
        ["a", 0, "c"],
      ].map((path) => index.find(path)),
    ).toEqual([undefined, undefined, undefined, undefined]);
    expect(new ErrorIndex([]).find(["a"])).toBeUndefined();
  });
});
