import { type DestinationStream, type Logger, pino } from "pino";

export type LogLevel = "fatal" | "error" | "warn" | "info" | "debug" | "trace" | "silent";

/** One JSON object per line, on standard output unless a destination is given; the logs of all services read alike. */
export function createServiceLog(service: string, level: LogLevel, destination?: DestinationStream): Logger {
  const options = {
    level,
    // The host and the process are known to whoever collects the lines.
    base: { service },
    timestamp: createTimestamp(),
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: (error: unknown) => describeError(error) },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** The time as pino wants it. Written out once a second: a date is dearer to print than the rest of a line. */
function createTimestamp(): () => string {
  let second = Number.NaN;
  let head = "";
  return () => {
    const nowMs = Date.now();
    const ms = nowMs % 1_000;
    if (nowMs - ms !== second) {
      second = nowMs - ms;
      head = `,"time":"${new Date(second).toISOString().slice(0, -"000Z".length)}`;
    }
    return `${head}${String(ms).padStart(3, "0")}Z"`;
  };
}

const MAX_CAUSES = 5;

/**
 * An error without the properties that libraries hang on it: a failed statement carries its parameters, which may be
 * personal, and its whole connection with the key to cancel queries; an HTTP client's the request with its headers and body.
 */
function describeError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) {
    return typeof error === "string" ? error : `not an error: ${typeof error}`;
  }
  const { code } = error as NodeJS.ErrnoException;
  return {
    type: error.name,
    message: error.message,
    code: typeof code === "string" ? code : undefined,
    stack: error.stack,
    cause: error.cause === undefined || depth >= MAX_CAUSES ? undefined : describeError(error.cause, depth + 1),
  };
}
