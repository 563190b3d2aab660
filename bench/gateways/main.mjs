/** `npm run bench`: reads the command line, runs the comparison, and ends every process that it started, whatever happens. */
import { compareGateways } from "./compare-gateways.mjs";
import { HELP, readOptions } from "./options.mjs";
import { killAllProcesses, stopAllProcesses } from "./started-processes.mjs";

const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

process.on("exit", killAllProcesses);
let isInterrupted = false;
for (const [signal, exitCode] of Object.entries(EXIT_CODES)) {
  process.once(signal, () => {
    isInterrupted = true;
    stopAllProcesses().finally(() => process.exit(exitCode));
  });
}

async function main() {
  const options = readOptions(process.argv.slice(2));
  if (options.isHelp) {
    console.log(HELP);
    return;
  }
  await compareGateways(options);
}

try {
  await main();
} catch (error) {
  // What ends because we stop it is no news.
  if (!isInterrupted) {
    console.error(error.message);
  }
  process.exitCode = 1;
} finally {
  await stopAllProcesses();
}
