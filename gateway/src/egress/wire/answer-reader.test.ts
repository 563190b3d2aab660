import fc from "fast-check";
import type { AnswerHead } from "./answer-head";
import { AnswerReader } from "./answer-reader";
import { WireFault } from "./wire-fault";

interface Read {
  readonly head: AnswerHead | undefined;
  readonly body: string;
  readonly isDone: boolean;
  /** Bytes behind the answer. */
  readonly surplus: number;
}

/** Reads text, cut at these places, and then the end of the connection if it is said so. */
function read(text: string, cuts: readonly number[] = [], isEnded = false): Read {
  const bytes = Buffer.from(text, "latin1");
  let body = "";
  const reader = new AnswerReader({
    onHead: () => undefined,
    onPiece: (piece) => {
      expect(piece.length).toBeGreaterThan(0);
      body += piece.toString("latin1");
    },
  });
  const places = [0, ...[...cuts].map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  let surplus = 0;
  for (let index = 1; index < places.length; index += 1) {
    const piece = bytes.subarray(places[index - 1], places[index]);
    surplus += piece.length - reader.read(piece);
  }
  if (isEnded) {
    reader.end();
  }
  return { head: reader.head, body, isDone: reader.isDone, surplus };
}

const OK = "HTTP/1.1 200 OK\r\n";

describe("AnswerReader", () => {
  it.each([
    ["a length", `${OK}content-length: 5\r\n\r\nhello`, "hello"],
    ["a length of nothing", `${OK}Content-Length: 0\r\n\r\n`, ""],
    ["no reason, and a length with blanks", "HTTP/1.1 200\r\nContent-Length:  5 \r\n\r\nhello", "hello"],
    ["chunks", `${OK}transfer-encoding: Chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n`, "hello"],
    [
      "chunks with extensions and trailers",
      `${OK}transfer-encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n00\r\nx: 1\r\n\r\n`,
      "hello",
    ],
    [
      "something for the meantime",
      `HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n${OK}content-length: 5\r\n\r\nhello`,
      "hello",
    ],
    ["no body by its status", "HTTP/1.1 204 No Content\r\n\r\n", ""],
  ])("reads %s, in whatever pieces it comes", (_what, text, body) => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 12 }), (cuts) => {
        expect(read(text, cuts)).toMatchObject({ body, isDone: true, surplus: 0 });
      }),
    );
    const everywhere = Array.from({ length: text.length }, (_, index) => index);
    expect(read(text, everywhere)).toMatchObject({ body, isDone: true });
    expect(read(text, [text.length - 1]).isDone).toBe(true);
    expect(read(text.slice(0, -1)).isDone).toBe(false);
  });

  it("says how many bytes are behind the answer", () => {
    expect(read(`${OK}content-length: 2\r\n\r\n{}HTTP/1.1 200`)).toMatchObject({ body: "{}", surplus: 12 });
    expect(read(`${OK}transfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\nx`)).toMatchObject({
      body: "{}",
      surplus: 1,
    });
  });

  it("reads until the connection is closed where no length is told, and misses what is missing otherwise", () => {
    expect(read(`${OK}\r\nhel`, [3]).isDone).toBe(false);
    expect(read(`${OK}\r\nhello`, [20], true)).toMatchObject({ body: "hello", isDone: true, head: { keepAliveMs: 0 } });
    for (const text of [
      "",
      "HTTP",
      `${OK}content-length: 5\r\n\r\nhell`,
      `${OK}transfer-encoding: chunked\r\n\r\n5\r\nhello\r\n`,
    ]) {
      expect(() => read(text, [], true)).toThrow(expect.objectContaining({ reason: "refused" }));
    }
  });

  it.each([
    ["no HTTP", "hello\r\n\r\n"],
    ["an old HTTP", "HTTP/0.9 200 OK\r\n\r\n"],
    ["a new HTTP", "HTTP/2.0 200 OK\r\n\r\n"],
    ["no status", "HTTP/1.1 OK\r\n\r\n"],
    ["a blank line before it", `\r\n${OK}content-length: 0\r\n\r\n`],
    ["another protocol", "HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\n\r\n"],
    ["a header without a name", `${OK}: x\r\n\r\n`],
    ["a header without a colon", `${OK}hello\r\n\r\n`],
    ["a blank before the colon", `${OK}content-length : 5\r\n\r\nhello`],
    ["a folded header", `${OK}x: a\r\n b: c\r\n\r\n`],
    ["a bare line feed", `${OK}x: a\ncontent-length: 5\r\n\r\nhello`],
    ["a bare carriage return", `${OK}x: a\rb\r\n\r\n`],
    ["a zero byte", `${OK}x: a\0\r\n\r\n`],
    ["two lengths", `${OK}content-length: 5\r\ncontent-length: 5\r\n\r\nhello`],
    ["a length and chunks", `${OK}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`],
    ["a negative length", `${OK}content-length: -1\r\n\r\n`],
    ["a length with a sign", `${OK}content-length: +5\r\n\r\nhello`],
    ["a length in hexadecimal", `${OK}content-length: 0x5\r\n\r\nhello`],
    ["a length beyond all numbers", `${OK}content-length: ${"9".repeat(30)}\r\n\r\n`],
    ["another encoding", `${OK}transfer-encoding: gzip, chunked\r\n\r\n`],
    ["chunked twice", `${OK}transfer-encoding: chunked\r\ntransfer-encoding: chunked\r\n\r\n`],
    ["a chunk without a size", `${OK}transfer-encoding: chunked\r\n\r\nhello\r\n`],
    ["a chunk with a negative size", `${OK}transfer-encoding: chunked\r\n\r\n-5\r\nhello\r\n`],
    ["a chunk beyond all numbers", `${OK}transfer-encoding: chunked\r\n\r\n${"f".repeat(16)}\r\n`],
    ["a chunk that is longer than it says", `${OK}transfer-encoding: chunked\r\n\r\n4\r\nhello\r\n0\r\n\r\n`],
    ["an endless extension", `${OK}transfer-encoding: chunked\r\n\r\n5;${"a".repeat(300)}`],
    ["endless headers", `${OK}x: ${"y".repeat(17_000)}`],
    ["endless trailers", `${OK}transfer-encoding: chunked\r\n\r\n0\r\n${`x: ${"y".repeat(200)}\r\n`.repeat(100)}`],
  ])("refuses %s, in one piece and in many", (_what, text) => {
    const everywhere = Array.from({ length: text.length }, (_, index) => index);
    for (const cuts of [[], [7, 20], text.length < 1_000 ? everywhere : [100, 16_000]]) {
      expect(() => read(text, cuts)).toThrow(WireFault);
      expect(() => read(text, cuts)).toThrow(expect.objectContaining({ reason: "invalid" }));
    }
  });

  it("reads headers of any name without touching a prototype, and joins those of one name", () => {
    const { head } = read(`${OK}__proto__: a\r\nX-A: 1\r\nx-a:\t2 \r\nconstructor: b\r\ncontent-length: 0\r\n\r\n`);
    expect(Object.entries(head?.headers ?? {})).toContainEqual(["__proto__", "a"]);
    expect(head?.headers["x-a"]).toBe("1, 2");
    expect(head?.headers["toString"]).toBeUndefined();
    expect(Object.keys({})).toEqual([]);
  });

  it.each([
    ["", Number.POSITIVE_INFINITY],
    ["connection: keep-alive\r\nkeep-alive: timeout=5\r\n", 5_000],
    ["keep-alive: max=100, timeout=65\r\n", 65_000],
    ["connection: close\r\n", 0],
    ["connection: x, Close\r\n", 0],
  ])("knows how long the connection may be kept: %j", (headers, keepAliveMs) => {
    expect(read(`${OK}${headers}content-length: 0\r\n\r\n`).head?.keepAliveMs).toBe(keepAliveMs);
    expect(read(`HTTP/1.0 200 OK\r\n${headers}content-length: 0\r\n\r\n`).head?.keepAliveMs).toBe(0);
  });

  it("never does anything but read or refuse, whatever comes", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        OK,
        "\r\n",
        "\n",
        "content-length: 3\r\n",
        "transfer-encoding: chunked\r\n",
        "3\r\nabc\r\n",
        "0\r\n",
        ":",
      ),
      fc.string({ unit: "binary", maxLength: 8 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 10 }), fc.array(fc.nat(), { maxLength: 5 }), (parts, cuts) => {
        const outcomes = [[], cuts].map((places) => {
          try {
            return read(parts.join(""), places);
          } catch (error) {
            expect(error).toBeInstanceOf(WireFault);
            return "refused";
          }
        });
        // Where it is cut makes no difference: bytes behind the answer are counted alike.
        expect(outcomes[1]).toEqual(outcomes[0]);
      }),
      { numRuns: 500 },
    );
  });
});
