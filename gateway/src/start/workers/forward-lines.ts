import type { Readable, Writable } from "node:stream";

const NEWLINE = 0x0a;

/** A line without end is passed on in pieces of this size. */
const MAX_HELD_BYTES = 1024 * 1024;

/** Passes on what several processes write, by whole lines: never a part of one within a line of another. */
export function forwardLines(from: Readable, to: Writable): void {
  let held: Buffer[] = [];
  let heldBytes = 0;
  const flush = (last?: Buffer) => {
    const bytes = Buffer.concat(last === undefined ? held : [...held, last]);
    held = [];
    heldBytes = 0;
    if (bytes.length > 0) {
      to.write(bytes);
    }
  };
  from.on("data", (chunk: Buffer) => {
    const end = chunk.lastIndexOf(NEWLINE) + 1;
    if (end > 0) {
      flush(chunk.subarray(0, end));
    }
    if (end < chunk.length) {
      held.push(chunk.subarray(end));
      heldBytes += chunk.length - end;
    }
    if (heldBytes > MAX_HELD_BYTES) {
      flush();
    }
  });
  // A process that was killed within a line leaves it open: the next line must not be joined to it.
  from.on("end", () => heldBytes > 0 && flush(Buffer.from("\n")));
}
