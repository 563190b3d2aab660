import { invariant } from "@alliance-hub/shared/invariant";
import { StartError } from "@alliance-hub/shared/server/start-error";
import { GraphQLError } from "graphql";
import type { Logger } from "pino";
import type { SubgraphTransport } from "../../egress/subgraph-transport";
import type { GatewayEnvironment } from "../../env";
import { createGateway, type Gateway } from "../../gateway";
import { PlannerUnavailable, SupergraphInvalid } from "../../planning/native-planner";
import type { PlanMaker } from "../../planning/plan-maker";
import { startPlannerProcess } from "../../planning/process/planner-process";
import { DEFAULT_SHARING, type SharingOptions } from "../../sharing/sharing";
import { isOpenIn } from "../is-open-in";
import { GraphUnservable, type ServableGraph } from "../sources/supergraph-source";
import { ServingGateway } from "./serving-gateway";
import type { SharedTransports } from "./shared-transports";

/** Beyond the time that a request may take: whatever still runs then has overstayed its own deadline. */
const DRAIN_MARGIN_MS = 5_000;

/** The graph that a process answers by, one after the other, with one gateway for each. */
export class ServedGraph {
  #serving: ServingGateway | undefined;
  #transports: ReadonlyMap<string, SubgraphTransport> = new Map();

  constructor(
    readonly environment: GatewayEnvironment,
    readonly shared: SharedTransports,
    readonly log: Logger,
  ) {}

  /** Answers by this graph from now on. @throws StartError; what was served before still is then */
  async serve(graph: ServableGraph): Promise<void> {
    const transports = this.shared.lease(graph.subgraphs);
    const gateway = await this.#open(graph, transports);
    if (this.#serving === undefined) {
      const { log } = this;
      this.#serving = new ServingGateway(gateway, {
        drainTimeoutMs: this.environment.REQUEST_TIMEOUT_MS + DRAIN_MARGIN_MS,
        log,
      });
    } else {
      await this.#serving.replace(gateway);
    }
    this.#transports = transports;
  }

  get executor(): ServingGateway {
    invariant(this.#serving !== undefined, "nothing is asked before there is a first graph");
    return this.#serving;
  }

  /** The ways to the subgraphs of the present graph. */
  get transports(): ReadonlyMap<string, SubgraphTransport> {
    return this.#transports;
  }

  async close(): Promise<void> {
    await this.#serving?.close();
  }

  async #open({ supergraphSdl }: ServableGraph, transports: ReadonlyMap<string, SubgraphTransport>): Promise<Gateway> {
    const { environment, log } = this;
    let planMaker: PlanMaker | undefined;
    try {
      planMaker = await startPlannerProcess(supergraphSdl, { log });
      return createGateway({
        supergraphSdl,
        transports,
        planMaker,
        log,
        maxCost: environment.MAX_COST,
        tellsCost: environment.TELL_COST === "true",
        introspection: isOpenIn(environment, environment.INTROSPECTION),
        sharing: readSharing(environment),
        overrideLabels: environment.OVERRIDE_LABELS,
        maxSubscriptions: environment.MAX_SUBSCRIPTIONS,
      });
    } catch (error) {
      await Promise.all([planMaker?.close(), ...[...transports.values()].map((transport) => transport.close())]);
      throw explainGatewayError(error);
    }
  }
}

function readSharing(environment: GatewayEnvironment): Partial<SharingOptions> {
  return {
    requests: environment.SHARE_REQUESTS === "true",
    fetches: environment.SHARE_FETCHES === "true",
    entities: environment.BATCH_ENTITIES === "true",
    hints: environment.CACHE_HINTS === "true",
    keep: {
      ...DEFAULT_SHARING.keep,
      maxBytes: environment.CACHE_MAX_BYTES,
      maxAgeMs: environment.CACHE_MAX_SECONDS * 1_000,
    },
  };
}

function explainGatewayError(error: unknown): unknown {
  if (error instanceof PlannerUnavailable) {
    return new StartError(error.message, { cause: error });
  }
  if (error instanceof SupergraphInvalid) {
    return new GraphUnservable(error.message, { cause: error });
  }
  return error instanceof GraphQLError
    ? new GraphUnservable(`The supergraph is not valid: ${error.message}`, { cause: error })
    : error;
}
