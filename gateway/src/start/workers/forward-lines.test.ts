import { PassThrough } from "node:stream";
import fc from "fast-check";
import { forwardLines } from "./forward-lines";

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe("forwardLines()", () => {
  it("passes on whole lines only, however they are cut, and loses nothing", async () => {
    const piece = fc.string({ unit: fc.constantFrom("a", "b", "é", "\n"), maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 20 }), async (pieces) => {
        const from = new PassThrough();
        const written: string[] = [];
        const to = new PassThrough();
        to.on("data", (chunk: Buffer) => written.push(chunk.toString()));
        forwardLines(from, to);
        for (const text of pieces) {
          from.write(text);
          await settle();
        }
        from.end();
        await settle();
        const all = pieces.join("");
        expect(written.join("")).toBe(all === "" || all.endsWith("\n") ? all : `${all}\n`);
        expect(written.filter((chunk) => !chunk.endsWith("\n"))).toEqual([]);
      }),
    );
  });

  it("passes on a line without end in pieces", async () => {
    const from = new PassThrough();
    const to = new PassThrough();
    let bytes = 0;
    to.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
    });
    forwardLines(from, to);
    from.write(Buffer.alloc(2 * 1024 * 1024, "a"));
    await settle();
    await settle();
    expect(bytes).toBeGreaterThan(1024 * 1024);
  });
});
