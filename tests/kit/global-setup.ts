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
  globalThis.allianceTestCluster = await startTestCluster();
  process.env.TEST_DATABASE_URL = globalThis.allianceTestCluster.adminUrl;
}
