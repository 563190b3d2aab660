import { isTimeUp } from "./end-signal";
import { RequestEnd } from "./request-end";

describe("RequestEnd", () => {
  it("tells every listener once, with a reason, and only of the first end", () => {
    const end = new RequestEnd();
    const told = jest.fn();
    const gone = jest.fn();
    end.addEventListener("abort", told);
    end.addEventListener("abort", gone);
    end.removeEventListener("abort", gone);
    expect([end.aborted, end.reason]).toEqual([false, undefined]);
    end.abort("the deadline has passed", "TimeoutError");
    end.abort("the client has gone");
    expect(told).toHaveBeenCalledTimes(1);
    expect(gone).not.toHaveBeenCalled();
    expect(end.aborted).toBe(true);
    expect(end.reason).toMatchObject({ name: "TimeoutError", message: "the deadline has passed" });
    expect(isTimeUp(end)).toBe(true);
  });

  it("lets a listener take others away or add one while it is told", () => {
    const end = new RequestEnd();
    const late = jest.fn();
    const other = jest.fn();
    end.addEventListener("abort", () => {
      end.removeEventListener("abort", other);
      end.addEventListener("abort", late);
    });
    end.addEventListener("abort", other);
    end.abort("the client has gone");
    expect(isTimeUp(end)).toBe(false);
    expect(late).not.toHaveBeenCalled();
  });
});

describe("isTimeUp()", () => {
  it("reads an AbortSignal as well", async () => {
    const signal = AbortSignal.timeout(1);
    await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
    expect(isTimeUp(signal)).toBe(true);
    expect(isTimeUp(AbortSignal.abort())).toBe(false);
    expect(isTimeUp(new AbortController().signal)).toBe(false);
  });
});
