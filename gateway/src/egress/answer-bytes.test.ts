import fc from "fast-check";
import { AnswerBytes, AnswerMemory } from "./answer-bytes";

const FREE_BYTES = 256 * 1024;

describe("AnswerBytes", () => {
  it("gives the pieces back as one, whatever their sizes", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5), { maxLength: 5_000 }), (sizes) => {
        const memory = new AnswerMemory(1_000_000);
        const bytes = new AnswerBytes(1_000_000, memory);
        const pieces = sizes.map((size, index) => String.fromCharCode(97 + (index % 26)).repeat(size));
        expect(pieces.every((piece) => bytes.append(Buffer.from(piece)))).toBe(true);
        expect(memory.heldBytes).toBe(pieces.join("").length);
        expect(bytes.takeText()).toBe(pieces.join(""));
        expect(memory.heldBytes).toBe(0);
      }),
      { numRuns: 50 },
    );
  });

  it("keeps characters whole that lie across pieces", () => {
    const bytes = new AnswerBytes(1_000, new AnswerMemory(1_000));
    for (const byte of Buffer.from("株洲 ✓")) {
      bytes.append(Buffer.from([byte]));
    }
    expect(bytes.takeText()).toBe("株洲 ✓");
  });

  it("takes exactly as much as allowed", () => {
    const memory = new AnswerMemory(1_000_000);
    const bytes = new AnswerBytes(10, memory);
    expect(bytes.append(Buffer.alloc(10))).toBe(true);
    expect(bytes.append(Buffer.alloc(1))).toBe(false);
    bytes.discard();
    expect(memory.heldBytes).toBe(0);
  });

  it("stops the large answers when all together are too much, never the small ones", () => {
    const memory = new AnswerMemory(2 * FREE_BYTES);
    const [large, other, small] = [0, 1, 2].map(() => new AnswerBytes(10 * FREE_BYTES, memory));
    expect(large?.append(Buffer.alloc(FREE_BYTES + 1))).toBe(true);
    expect(other?.append(Buffer.alloc(FREE_BYTES))).toBe(true);
    expect(other?.append(Buffer.alloc(1))).toBe(false);
    expect(small?.append(Buffer.alloc(1_000))).toBe(true);
    other?.discard();
    expect(large?.append(Buffer.alloc(1))).toBe(true);
  });
});
