import { explainFailure, type RunningProcess, runProcess } from "@alliance-hub/shared/server/run-process";
import { readAllianceEnvironment, readGatewayEnvironment } from "./env";
import { describeUsage, type GatewayArguments, parseGatewayArguments } from "./start/gateway-arguments";
import { allianceSubgraphs } from "./start/sources/open-source";
import { startGateway } from "./start-gateway";
import { createLog } from "./telemetry/log";

/** A signal that comes while the gateway still waits for subgraphs ends the wait. */
async function start(
  { source, port, trustedDocuments }: GatewayArguments,
  signal: AbortSignal,
): Promise<RunningProcess> {
  const alliance = source.kind === "alliance" ? readAllianceEnvironment() : undefined;
  const environment = alliance ?? readGatewayEnvironment();
  return startGateway({
    source,
    alliance: alliance === undefined ? [] : allianceSubgraphs(alliance),
    environment: {
      ...environment,
      PORT: port ?? environment.PORT,
      TRUSTED_DOCUMENTS: trustedDocuments ?? environment.TRUSTED_DOCUMENTS,
    },
    log: createLog(environment.LOG_LEVEL),
    signal,
  });
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
