import type { SubgraphTransport } from "@alliance-hub/gateway/egress/subgraph-transport";
import { createGateway, type Gateway, type GatewayOptions } from "@alliance-hub/gateway/gateway";
import { startPlannerProcess } from "@alliance-hub/gateway/planning/process/planner-process";
import type { Subgraph, SubgraphOptions } from "@alliance-hub/shared/server/subgraph";
import type { Logger } from "pino";
import { composeAlliance } from "./compose-alliance";
import { createInProcessTransport } from "./in-process-transport";
import { SHARED_SUBGRAPH_NAMES, SHARED_SUBGRAPHS, type SharedSubgraphName } from "./shared-subgraphs";

/** Where the alliance's databases are. */
export interface DatabaseServer {
  /** Makes the database if it is ours to make. @returns its address, secret: with user and password */
  openDatabase(name: SharedSubgraphName): Promise<string>;
}

export type AllianceSubgraphs = Readonly<Record<SharedSubgraphName, Subgraph>>;

/** Opens the four shared subgraphs on one server; databases are made and migrated as needed. */
export async function openSubgraphs(
  server: DatabaseServer,
  options: Pick<SubgraphOptions, "log" | "callers">,
): Promise<AllianceSubgraphs> {
  const opened = await Promise.allSettled(
    SHARED_SUBGRAPH_NAMES.map(async (name) => {
      const databaseUrl = await server.openDatabase(name);
      return [name, await SHARED_SUBGRAPHS[name].create({ ...options, databaseUrl })] as const;
    }),
  );
  const failure = opened.find((outcome) => outcome.status === "rejected");
  const subgraphs = opened.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []));
  if (failure !== undefined) {
    await Promise.all(subgraphs.map(([, subgraph]) => subgraph.close()));
    throw failure.reason;
  }
  return Object.fromEntries(subgraphs) as Record<SharedSubgraphName, Subgraph>;
}

/** A gateway over subgraphs of the same process. Closing it closes them. */
export async function openAllianceGateway(
  subgraphs: AllianceSubgraphs,
  log: Logger,
  options: Pick<GatewayOptions, "introspection"> = {},
): Promise<Gateway> {
  const members = SHARED_SUBGRAPH_NAMES.map((name) => subgraphs[name]);
  const supergraphSdl = composeAlliance(members.map(({ name, sdl }) => ({ name, sdl, url: `in-process:${name}` })));
  const transports = new Map<string, SubgraphTransport>(
    members.map((subgraph) => [subgraph.name, createInProcessTransport(subgraph)]),
  );
  const planMaker = await startPlannerProcess(supergraphSdl, { log });
  try {
    return createGateway({ ...options, supergraphSdl, transports, planMaker, log });
  } catch (error) {
    await planMaker.close();
    throw error;
  }
}
