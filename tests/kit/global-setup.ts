// First: what the next import loads is resolved by it.
import "./resolve-sources.cjs";
import { startTestCluster, type TestCluster } from "./test-cluster";

declare global {
  /** Handed from the set-up to the teardown, which run in the same process. */
  var allianceTestCluster: TestCluster | undefined;
}

/** One PostgreSQL for the whole run, unless TEST_DATABASE_URL names one already. Workers inherit the variable. */
// biome-ignore lint/style/noDefaultExport: jest asks for a default export here.
export default async function globalSetup(): Promise<void> {
  if (process.env.TEST_DATABASE_URL !== undefined) {
    return;
  }
  const cluster = await startTestCluster();
  globalThis.allianceTestCluster = cluster;
  process.env.TEST_DATABASE_URL = cluster.adminUrl;
  // Jest comes to no teardown when it is interrupted.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => {
      void cluster.remove().finally(() => process.kill(process.pid, signal));
    });
  }
}
