import { openStandardOutput } from "@alliance-hub/gateway/telemetry/standard-output";
import { listenForStop } from "@alliance-hub/shared/server/run-process";
import { createServiceLog } from "@alliance-hub/shared/service-log";
import { openSubgraphs } from "../alliance/open-alliance";
import { readHubEnvironment } from "../env";
import { ClosingStack } from "./closing-stack";
import { openDatabaseServer } from "./database-server";
import { type DemoChoice, fillDemo } from "./fill-demo";
import { say } from "./terminal";

/** `hub seed`: demo data into the databases, without starting the graph. */
export async function seedHub(choice: DemoChoice): Promise<void> {
  // From here on Ctrl+C ends in order: PostgreSQL, which is a process of its own, would go on without us.
  const stopping = listenForStop();
  const environment = readHubEnvironment();
  const log = createServiceLog(
    "hub",
    environment.LOG_LEVEL === "info" ? "warn" : environment.LOG_LEVEL,
    openStandardOutput(),
  );
  const opened = new ClosingStack();
  try {
    const server = await openDatabaseServer(environment, log);
    opened.defer(() => server.stop());
    const subgraphs = await openSubgraphs(server, { log, callers: "public" });
    for (const subgraph of Object.values(subgraphs)) {
      opened.defer(() => subgraph.close());
    }
    await fillDemo(subgraphs, choice, stopping);
    say(`The demo data is in place at ${server.place}.`);
  } finally {
    await opened.close();
  }
}
