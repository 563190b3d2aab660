import type { Gateway } from "@alliance-hub/gateway/gateway";
import { createHttpServer, type HttpServer } from "@alliance-hub/gateway/http/http-server";
import { openStandardOutput } from "@alliance-hub/gateway/telemetry/standard-output";
import { httpAddress } from "@alliance-hub/shared/server/http-address";
import type { RunningProcess } from "@alliance-hub/shared/server/run-process";
import { explainListenError, StartError } from "@alliance-hub/shared/server/start-error";
import { createServiceLog } from "@alliance-hub/shared/service-log";
import type { Logger } from "pino";
import { openAllianceGateway, openSubgraphs } from "../alliance/open-alliance";
import { EXAMPLE_QUERIES } from "../demo/example-queries";
import { type HubEnvironment, readHubEnvironment } from "../env";
import { ClosingStack } from "./closing-stack";
import { openDatabaseServer } from "./database-server";
import { describeReady } from "./describe-ready";
import { type DemoChoice, fillDemo } from "./fill-demo";
import { say } from "./terminal";

export interface StartChoice extends DemoChoice {
  /** False: no demo data, and nobody may change anything. */
  readonly demo: boolean;
}

/** `hub start`: database, four subgraphs and gateway in this process; demo data on the first start. */
export async function startHub(choice: StartChoice, stopping: AbortSignal): Promise<RunningProcess> {
  const environment = readHubEnvironment();
  if (choice.demo && environment.NODE_ENV === "production") {
    throw new StartError(
      "The demo lets everybody change rows and is refused with NODE_ENV=production. Start with --no-demo.",
    );
  }
  const log = createServiceLog("hub", environment.LOG_LEVEL, openStandardOutput());
  stopping.addEventListener("abort", () => say("Stopping ..."), { once: true });
  const opened = new ClosingStack();
  try {
    const server = await openDatabaseServer(environment, log);
    opened.defer(() => server.stop());
    let isReady = false;
    const subgraphs = await openSubgraphs(server, { log, callers: choice.demo ? "demo" : "public" });
    const gateway = await openAllianceGateway(subgraphs, log, { introspection: environment.NODE_ENV !== "production" });
    opened.defer(() => gateway.close());
    // Before the demo data: a port in use is said at once, not after a minute of work.
    const http = await listen(gateway, environment, log, () => isReady);
    opened.defer(() => http.server.close());
    if (choice.demo) {
      await fillDemo(subgraphs, choice, stopping);
    }
    isReady = true;
    say(
      describeReady({
        address: httpAddress(environment.HOST, http.port),
        place: server.place,
        hasDemo: choice.demo,
        hasExplorer: isExplorerShown(environment),
      }),
    );
    return { close: () => opened.close(), failed: server.gone };
  } catch (error) {
    await opened.close();
    throw error;
  }
}

async function listen(
  gateway: Gateway,
  environment: HubEnvironment,
  log: Logger,
  isReady: () => boolean,
): Promise<{ server: HttpServer; port: number }> {
  const server = await createHttpServer({
    gateway,
    cors: { origins: environment.CORS_ORIGINS },
    explorer: isExplorerShown(environment),
    exampleQueries: EXAMPLE_QUERIES,
    log,
    isReady: () => (isReady() ? { isReady: true, reasons: [] } : { isReady: false, reasons: ["The hub is starting."] }),
  });
  try {
    return { server, port: (await server.listen(environment.PORT, environment.HOST)).port };
  } catch (error) {
    await server.close();
    throw explainListenError(error, { host: environment.HOST, port: environment.PORT });
  }
}

function isExplorerShown({ NODE_ENV }: HubEnvironment): boolean {
  return NODE_ENV !== "production";
}
