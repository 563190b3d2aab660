import { AnswerMemory } from "../answer-bytes";
import { EventQueue } from "./event-queue";

describe("EventQueue", () => {
  it("gives events in order, then the end", async () => {
    const queue = new EventQueue(2, new AnswerMemory(1_000));
    queue.push("1", 1);
    queue.push("2", 1);
    queue.end();
    expect([await queue.take(), await queue.take(), await queue.take(), await queue.take()]).toEqual([
      "1",
      "2",
      undefined,
      undefined,
    ]);
  });

  it("gives what waits before it tells why it ended", async () => {
    const queue = new EventQueue(2, new AnswerMemory(1_000));
    queue.push("1", 1);
    queue.end(new Error("first"));
    queue.end(new Error("second"));
    expect(await queue.take()).toBe("1");
    await expect(queue.take()).rejects.toThrow("first");
    await expect(queue.take()).rejects.toThrow("first");
  });

  it("wakes who waits, by an event, the end or an error", async () => {
    const queue = new EventQueue(0, new AnswerMemory(1_000));
    const event = queue.take();
    expect(queue.push("1", 1)).toBe(true);
    expect(await event).toBe("1");
    const error = queue.take();
    queue.end(new Error("over"));
    await expect(error).rejects.toThrow("over");
    const ended = new EventQueue(0, new AnswerMemory(1_000));
    const end = ended.take();
    ended.end();
    expect(await end).toBeUndefined();
  });

  it("has room for a number of events, and for another when one is taken", async () => {
    const queue = new EventQueue(2, new AnswerMemory(1_000));
    expect([queue.push("1", 1), queue.push("2", 1), queue.push("3", 1)]).toEqual([true, true, false]);
    await queue.take();
    expect(queue.push("3", 1)).toBe(true);
  });

  it("has no room when all streams together hold too much, but for what each may have", () => {
    const memory = new AnswerMemory(600 * 1024);
    const [large, small] = [new EventQueue(32, memory), new EventQueue(32, memory)];
    expect(large.push("x", 600 * 1024)).toBe(true);
    expect(large.push("x", 1)).toBe(false);
    expect(small.push("x", 256 * 1024)).toBe(true);
    expect(small.push("x", 1)).toBe(false);
    large.clear();
    small.clear();
    expect(memory.heldBytes).toBe(0);
    expect(small.push("x", 600 * 1024)).toBe(true);
  });
});
