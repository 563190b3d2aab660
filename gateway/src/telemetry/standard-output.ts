import { writeSync } from "node:fs";
import type { DestinationStream } from "pino";

/** Lines of this many bytes are written together; one write for each line is as dear as parsing its request. */
const BUFFERED_BYTES = 8_192;

/** How long a line may wait for others. */
const FLUSH_AFTER_MS = 100;

/** A reader that is slow is waited for this long each time. */
const RETRY_MS = 20;

/** Pino's number of the level `warn`. */
const WARN = 40;

/**
 * Standard output for the log. Lines below `warn` wait a moment for one another; a warning is written at once with all that
 * came before it, and so is the rest when the process ends by itself. Only a kill (SIGKILL) loses the last moment's lines.
 */
export function openStandardOutput(fileDescriptor = 1): DestinationStream {
  let held = "";
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    const text = held;
    held = "";
    writeWhole(fileDescriptor, text);
  };
  process.on("exit", flush);
  const output = {
    // Asks pino to say each line's level before it writes it.
    [Symbol.for("pino.metadata")]: true,
    lastLevel: 0,
    write(line: string) {
      held += line;
      if (output.lastLevel >= WARN || held.length >= BUFFERED_BYTES) {
        flush();
      } else {
        timer ??= setTimeout(flush, FLUSH_AFTER_MS).unref();
      }
    },
  };
  return output;
}

/** Where nobody reads any more the lines are lost: waiting for a reader would keep the process from answering, and from ending. */
function writeWhole(fileDescriptor: number, text: string): void {
  let bytes = Buffer.from(text);
  while (bytes.length > 0) {
    try {
      bytes = bytes.subarray(writeSync(fileDescriptor, bytes));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") {
        return;
      }
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MS);
    }
  }
}
