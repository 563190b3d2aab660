import type { GatewayEnvironment } from "../env";

/** What is open by default is closed in production, unless the operator says so. */
export function isOpenIn({ NODE_ENV }: GatewayEnvironment, choice: "true" | "false" | undefined): boolean {
  return choice === undefined ? NODE_ENV !== "production" : choice === "true";
}
