import { startTestCluster } from "./test-cluster";

/** A jest run that never comes to its teardown. Prints the url, then waits to be killed. */
startTestCluster().then(
  (cluster) => process.stdout.write(`${cluster.adminUrl}\n`),
  (error: Error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  },
);
