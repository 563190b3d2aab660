import fc from "fast-check";
import { AnswerMemory } from "../answer-bytes";
import { EventStreamParser } from "./event-stream-parser";

function parse(pieces: readonly (string | Buffer)[], maxEventBytes = 1_000) {
  const memory = new AnswerMemory(1_000_000);
  const events: [name: string, data: string][] = [];
  let chatterBytes = 0;
  const parser = new EventStreamParser(maxEventBytes, memory, {
    onEvent: (name, data) => void events.push([name, data]),
    onChatter(bytes) {
      chatterBytes += bytes;
    },
  });
  const isWhole = pieces.every((piece) => parser.push(Buffer.from(piece)));
  return { parser, memory, events, isWhole, chatterBytes: () => chatterBytes };
}

const NEXT = 'event: next\ndata: {"a":"ü"}\n\n';

describe("EventStreamParser", () => {
  it.each([
    ["lines that end in \\n", NEXT],
    ["lines that end in \\r\\n", NEXT.replaceAll("\n", "\r\n")],
    ["lines that end in \\r", NEXT.replaceAll("\n", "\r")],
    ["no space behind the colon", NEXT.replaceAll(": ", ":")],
    ["the name behind the data", 'data: {"a":"ü"}\nevent: next\n\n'],
    ["a byte order mark", `\uFEFF${NEXT}`],
    ["comments and unknown fields", `: hello\nid: 1\nretry: 5\nfield\n${NEXT}`],
  ])("reads %s", (_name, text) => {
    expect(parse([text]).events).toEqual([["next", '{"a":"ü"}']]);
  });

  it("joins lines of data, and knows an event by its name alone", () => {
    expect(parse(["data: [\ndata: 1]\n\n", "event: complete\n\n", "\n\n", "event\n\n"]).events).toEqual([
      ["", "[\n1]"],
      ["complete", ""],
    ]);
  });

  it("reads the same wherever the bytes are cut", () => {
    const bytes = Buffer.from(
      `${NEXT.replaceAll("\n", "\r\n")}: x\n\n${NEXT.replaceAll("\n", "\r")}event: complete\n\n`,
    );
    const whole = parse([bytes]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: bytes.length }), { maxLength: 12 }), (cuts) => {
        const at = [0, ...cuts.toSorted((left, right) => left - right), bytes.length];
        const pieces = at.slice(1).map((end, index) => bytes.subarray(at[index], end));
        const cut = parse(pieces);
        expect(cut.events).toEqual(whole.events);
        expect(cut.chatterBytes()).toBe(whole.chatterBytes());
      }),
    );
    expect(whole.events).toHaveLength(3);
  });

  it.each([
    ["one line", (bytes: number) => `data: ${"x".repeat(bytes - 6)}`],
    ["many lines", (bytes: number) => "data: x\n".repeat(bytes / 7).slice(0, bytes + bytes / 7 - 1)],
  ])("keeps no more of an event than it may, in %s", (_name, write) => {
    expect(parse([write(70)], 70).isWhole).toBe(true);
    expect(parse([write(77)], 70).isWhole).toBe(false);
  });

  it("counts what is no event, and lets any number of it pass", () => {
    const { isWhole, chatterBytes, events } = parse(new Array(100).fill(": comment\n\n"), 20);
    expect([isWhole, chatterBytes(), events]).toEqual([true, 100 * 11, []]);
  });

  it("holds nothing when it is told to stop", () => {
    const { parser, memory } = parse(["data: half of a li"]);
    expect(memory.heldBytes).toBe(18);
    parser.discard();
    expect(memory.heldBytes).toBe(0);
  });
});
