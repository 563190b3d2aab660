import { type DestinationStream, pino } from "pino";

/** Lines of this many bytes are written together; one write for each line is as dear as parsing its request. */
const BUFFERED_BYTES = 8_192;

/** How long a line may wait for others. */
const FLUSH_AFTER_MS = 100;

/** Pino's number of the level `warn`. */
const WARN = 40;

/**
 * Standard output for the log. Lines below `warn` wait a moment for one another; a warning is written at once with all that
 * came before it, and so is the rest when the process ends by itself. Only a kill (SIGKILL) loses the last moment's lines.
 */
export function openStandardOutput(fileDescriptor = 1): DestinationStream {
  const file = pino.destination({ fd: fileDescriptor, sync: true, minLength: BUFFERED_BYTES });
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    file.flushSync();
  };
  process.on("exit", flush);
  const output = {
    // Asks pino to say each line's level before it writes it.
    [Symbol.for("pino.metadata")]: true,
    lastLevel: 0,
    write(line: string) {
      file.write(line);
      if (output.lastLevel >= WARN) {
        flush();
      } else {
        timer ??= setTimeout(flush, FLUSH_AFTER_MS).unref();
      }
    },
  };
  return output;
}
