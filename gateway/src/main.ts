import cluster from "node:cluster";
import { availableParallelism } from "node:os";
import { explainFailure, type RunningProcess, runProcess } from "@alliance-hub/shared/server/run-process";
import { readAllianceEnvironment, readGatewayEnvironment, readNodeOptions } from "./env";
import { describeUsage, type GatewayArguments, parseGatewayArguments } from "./start/gateway-arguments";
import { allianceSubgraphs } from "./start/sources/open-source";
import { chooseWorkerOptions } from "./start/workers/choose-worker-options";
import { startPrimary } from "./start/workers/start-primary";
import { startWorker } from "./start/workers/start-worker";
import { startGateway } from "./start-gateway";
import { createLog } from "./telemetry/log";

/** A signal that comes while the gateway still waits for subgraphs ends the wait. */
async function start(
  { source, port, trustedDocuments }: GatewayArguments,
  signal: AbortSignal,
): Promise<RunningProcess> {
  const alliance = source.kind === "alliance" ? readAllianceEnvironment() : undefined;
  const given = alliance ?? readGatewayEnvironment();
  const environment = {
    ...given,
    PORT: port ?? given.PORT,
    TRUSTED_DOCUMENTS: trustedDocuments ?? given.TRUSTED_DOCUMENTS,
  };
  const log = createLog(environment.LOG_LEVEL);
  if (cluster.isWorker) {
    return startWorker({ environment, log });
  }
  const choice = {
    source,
    alliance: alliance === undefined ? [] : allianceSubgraphs(alliance),
    environment,
    log,
    signal,
  };
  const workers = environment.WORKERS === "auto" ? availableParallelism() : environment.WORKERS;
  return workers === 1
    ? startGateway(choice)
    : startPrimary({ ...choice, workers, execArgv: chooseWorkerOptions(process.execArgv, readNodeOptions()) });
}

function main(): Promise<void> {
  let parsed: GatewayArguments;
  try {
    parsed = parseGatewayArguments(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${explainFailure(error)}\n`);
    process.exitCode = 1;
    return Promise.resolve();
  }
  if (parsed.isHelpAsked) {
    process.stdout.write(describeUsage());
    return Promise.resolve();
  }
  return runProcess((stopping) => start(parsed, stopping));
}

void main();
