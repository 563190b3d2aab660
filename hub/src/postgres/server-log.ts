import { constants, open, rename, stat } from "node:fs/promises";

/** A log larger than this is put aside (one generation is kept) when the server starts. */
const MAX_LOG_BYTES = 10 * 1024 * 1024;

/** The server's log, open for appending. */
export interface ServerLog {
  readonly fd: number;
  /** Where the lines of this start begin, in bytes. */
  readonly startOffset: number;
  close(): Promise<void>;
}

/** Opens the log, which the server inherits. */
export async function openServerLog(file: string): Promise<ServerLog> {
  const size = await sizeOf(file);
  if (size > MAX_LOG_BYTES) {
    await rename(file, `${file}.1`);
  }
  const flags = constants.O_APPEND | constants.O_CREAT | constants.O_WRONLY | (constants.O_NOFOLLOW ?? 0);
  const handle = await open(file, flags, 0o600);
  return { fd: handle.fd, startOffset: size > MAX_LOG_BYTES ? 0 : size, close: () => handle.close() };
}

/** The last line that says why the server ended, without time and pid. */
export async function readLastFault(file: string, startOffset: number): Promise<string> {
  const handle = await open(file, "r");
  try {
    const size = Math.min((await handle.stat()).size - startOffset, 64 * 1024);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size), 0, size, startOffset);
    const lines = buffer
      .toString("utf8", 0, bytesRead)
      .split("\n")
      .filter((line) => line.trim() !== "");
    const faults = lines.filter((line) => /\b(FATAL|PANIC|ERROR):/.test(line));
    const last = faults.at(-1) ?? lines.at(-1) ?? "it said nothing";
    return last.replace(/^.*?\b(?=(?:FATAL|PANIC|ERROR):)/, "").trim();
  } finally {
    await handle.close();
  }
}

async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    (found) => found.size,
    () => 0,
  );
}
