import { type DestinationStream, type Logger, pino } from "pino";

export const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** One JSON object per line, on standard output unless a destination is given. */
export function createLog(level: LogLevel, destination?: DestinationStream): Logger {
  const options = {
    level,
    // The host and the process are known to whoever collects the lines.
    base: { service: "gateway" },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}
