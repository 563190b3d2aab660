import { parseGlobalId } from "@alliance-hub/shared/global-id";
import fc from "fast-check";
import { decodeTime } from "ulid";
import { makeDemoId } from "./demo-id";
import { RandomStream } from "./random-stream";

describe("makeDemoId()", () => {
  it("makes ids that the hub accepts, with the instant in them", () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.date({ min: new Date(0), max: new Date("2100-01-01"), noInvalidDate: true }),
        (seed, at) => {
          const id = makeDemoId("yanling-county", "NeedItem", at, new RandomStream(seed, "id"));
          const parsed = parseGlobalId(id);
          expect(parsed).toMatchObject({ member: "yanling-county", kind: "need-item" });
          expect(decodeTime(parsed?.key.toUpperCase() ?? "")).toBe(at.getTime());
        },
      ),
    );
  });

  it("makes the same id again from the same stream, and another one after it", () => {
    const at = new Date("2026-10-01T01:00:00.000Z");
    const [left, right] = [new RandomStream("zhuzhou", "id"), new RandomStream("zhuzhou", "id")];
    const first = makeDemoId("zz-alliance", "Fund", at, left);
    expect(makeDemoId("zz-alliance", "Fund", at, right)).toBe(first);
    expect(makeDemoId("zz-alliance", "Fund", at, left)).not.toBe(first);
  });
});
