import { createServiceLog, type LogLevel } from "@alliance-hub/shared/service-log";
import type { DestinationStream, Logger } from "pino";
import { openStandardOutput } from "./standard-output";

/** The gateway's own lines, on standard output unless a destination is given. */
export function createLog(level: LogLevel, destination: DestinationStream = openStandardOutput()): Logger {
  return createServiceLog("gateway", level, destination);
}
