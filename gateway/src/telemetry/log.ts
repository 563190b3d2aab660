import { createServiceLog, type LogLevel } from "@alliance-hub/shared/service-log";
import type { DestinationStream, Logger } from "pino";

/** The gateway's own lines. */
export function createLog(level: LogLevel, destination?: DestinationStream): Logger {
  return createServiceLog("gateway", level, destination);
}
