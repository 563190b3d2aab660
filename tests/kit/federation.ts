import { type CompositionOptions, composeSupergraph } from "@alliance-hub/gateway/composition/compose-supergraph";
import type {
  SubgraphRequest,
  SubgraphResponse,
  SubgraphTransport,
} from "@alliance-hub/gateway/egress/subgraph-transport";
import { createGateway, type Gateway, type GatewayOptions } from "@alliance-hub/gateway/gateway";
import type { PlanMaker } from "@alliance-hub/gateway/planning/plan-maker";
import type { GatewayRequest, GatewayResponse } from "@alliance-hub/gateway/request/graphql-request";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { graphql, parse } from "graphql";
import pino from "pino";

/** A subgraph as a test writes it. */
export interface SubgraphFixture {
  /** Stands before the type definitions. All directives of Federation 2.5 when it is not given; empty for Federation 1. */
  readonly link?: string;
  readonly typeDefs: string;
  /** What the subgraph serves, where it is not what it was composed from. */
  readonly servedTypeDefs?: string;
  readonly resolvers?: Readonly<Record<string, unknown>>;
}

export interface FederationUnderTest {
  readonly gateway: Gateway;
  readonly supergraphSdl: string;
  /** What each subgraph was asked, in order. */
  readonly calls: { readonly subgraph: string; readonly query: string; readonly variables: Record<string, unknown> }[];
  /** What was logged, parsed. */
  readonly logLines: Readonly<Record<string, unknown>>[];
  execute(query: string, variables?: Record<string, unknown>, more?: Partial<GatewayRequest>): Promise<GatewayResponse>;
}

export interface FederationOptions
  extends CompositionOptions,
    Pick<GatewayOptions, "limits" | "maxCost" | "maxSubscriptions" | "tellsCost" | "overrideLabels" | "random"> {
  /** In place of the planner of this process. */
  readonly createPlanMaker?: (supergraphSdl: string) => PlanMaker;
  /** Opens streams of events, at every subgraph. */
  readonly subscribe?: SubgraphTransport["subscribe"];
  /** Stand between gateway and subgraph: to be down, slow or hostile. */
  readonly intercept?: (
    subgraph: string,
    request: SubgraphRequest,
    answer: () => Promise<SubgraphResponse>,
  ) => Promise<SubgraphResponse>;
  /** Whether answers come as from a subgraph of the same process: parsed. As text, as over HTTP, without it. */
  readonly isParsed?: boolean;
}

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: [
  "@key", "@requires", "@external", "@provides", "@shareable", "@inaccessible", "@tag", "@interfaceObject", "@override"
])\n`;

/** Composes subgraphs that run in process behind the transport interface, and a gateway before them. */
export function createFederation(
  fixtures: Readonly<Record<string, SubgraphFixture>>,
  options: FederationOptions = {},
): FederationUnderTest {
  const calls: FederationUnderTest["calls"] = [];
  const logLines: Record<string, unknown>[] = [];
  const outcome = composeSupergraph(
    Object.entries(fixtures).map(([name, { link = LINK, typeDefs }]) => ({
      name,
      url: `http://${name}.test`,
      sdl: link + typeDefs,
    })),
    options,
  );
  if (outcome.errors !== undefined) {
    throw new Error(outcome.errors.map((error) => `${error.code}: ${error.message}`).join("\n"));
  }
  const transports = new Map(
    Object.entries(fixtures).map(([name, fixture]): [string, SubgraphTransport] => {
      const answer = createExecutor(fixture);
      return [
        name,
        {
          execute(request) {
            calls.push({ subgraph: name, query: request.query, variables: { ...request.variables } });
            const answered = options.intercept?.(name, request, () => answer(request)) ?? answer(request);
            return options.isParsed === true ? answered : answered.then((response) => sendAsText(response, request));
          },
          ...(options.subscribe !== undefined && { subscribe: options.subscribe }),
          async close() {},
        },
      ];
    }),
  );
  const gateway = createGateway({
    supergraphSdl: outcome.supergraphSdl,
    transports,
    limits: options.limits,
    maxCost: options.maxCost,
    ...(options.createPlanMaker !== undefined && { planMaker: options.createPlanMaker(outcome.supergraphSdl) }),
    maxSubscriptions: options.maxSubscriptions,
    tellsCost: options.tellsCost,
    overrideLabels: options.overrideLabels,
    // No `percent(n)` below 99.9 is active unless a test says so.
    random: options.random ?? (() => 0.999),
    log: pino({ level: "debug" }, { write: (line: string) => logLines.push(JSON.parse(line)) }),
  });
  return {
    gateway,
    supergraphSdl: outcome.supergraphSdl,
    calls,
    logLines,
    async execute(query, variables, more) {
      const response = await gateway.execute({
        query,
        variables,
        requestId: "request-1",
        deadlineAtMs: Date.now() + 10_000,
        signal: new AbortController().signal,
        allowMutation: true,
        ...more,
      });
      // As over the wire: what JSON does not carry (prototypes, undefined) is no difference.
      return JSON.parse(JSON.stringify(response));
    },
  };
}

/** Which JSON text would carry as null. */
function refuseInfinity(_key: string, value: unknown): unknown {
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new RangeError("no JSON number");
  }
  return value;
}

function sendAsText(response: SubgraphResponse, { readText }: SubgraphRequest): SubgraphResponse {
  try {
    const text = JSON.stringify(response, refuseInfinity);
    return response.asked === undefined && readText?.(text) === true ? { text } : response;
  } catch {
    // Some tests answer what cannot be printed.
    return response;
  }
}

function createExecutor({
  link = LINK,
  typeDefs,
  servedTypeDefs = typeDefs,
  resolvers = {},
}: SubgraphFixture): (request: SubgraphRequest) => Promise<SubgraphResponse> {
  const schema = buildSubgraphSchema([{ typeDefs: parse(link + servedTypeDefs), resolvers: resolvers as never }]);
  return async ({ query, variables }) => {
    // Over the wire and back, as with another process.
    const variableValues = JSON.parse(JSON.stringify(variables));
    const result = await graphql({ schema, source: query, variableValues, contextValue: {} });
    return JSON.parse(JSON.stringify(result));
  };
}
