import {
  logLevelVariable,
  nodeEnvironmentVariable,
  portVariable,
  readEnvironment,
} from "@alliance-hub/shared/read-environment";
import { z } from "zod";
import { DEFAULT_MAX_COST } from "./planning/cost/cost-meter";
import { isOverrideLabel } from "./planning/override-labels";
import { DEFAULT_SHARING } from "./sharing/sharing";
import { DEFAULT_MAX_SUBSCRIPTIONS } from "./subscriptions/open-subscriptions";

/** Origins as browsers send them; the hub, which is a gateway too, reads the same. */
export const ORIGIN_LIST = z
  .string()
  .default("")
  .transform((text) => text.split(",").flatMap((origin) => (origin.trim() === "" ? [] : [origin.trim()])))
  .refine((origins) => origins.every(isOrigin))
  .describe("web origins that may call the graph, separated by commas, such as https://partner.example; * for all");

/** More than any machine has cores for: each is a gateway of its own, with its own connections to the subgraphs. */
const MAX_WORKERS = 64;

/** What the gateway's process reads from its environment, whatever graph it serves. */
export const GATEWAY_ENVIRONMENT = z.object({
  PORT: portVariable(4000),
  HOST: z.string().default("127.0.0.1").describe("the address to listen on, 0.0.0.0 in a container (127.0.0.1)"),
  LOG_LEVEL: logLevelVariable,
  CORS_ORIGINS: ORIGIN_LIST,
  EXPLORER: z
    .enum(["true", "false"])
    .optional()
    .describe("whether / shows the explorer page: true or false; without it, unless NODE_ENV is production"),
  REQUEST_TIMEOUT_MS: integerVariable(100, 600_000, 30_000, "milliseconds that one operation may take"),
  MAX_BODY_BYTES: integerVariable(1_024, 16 * 1024 * 1024, 256 * 1024, "bytes of the largest request body"),
  MAX_COST: integerVariable(1, 1_000_000_000, DEFAULT_MAX_COST, "cost of the dearest operation that is answered"),
  MAX_SUBSCRIPTIONS: integerVariable(
    0,
    1_000_000,
    DEFAULT_MAX_SUBSCRIPTIONS,
    "subscriptions that may be open at the same time, and as many sockets; 0 for none",
  ),
  TELL_COST: z
    .enum(["true", "false"])
    .default("false")
    .describe("whether answers tell their cost: true or false (false)"),
  INTROSPECTION: z
    .enum(["true", "false"])
    .optional()
    .describe("whether clients may read the schema: true or false; without it, unless NODE_ENV is production"),
  TRUSTED_DOCUMENTS: z
    .string()
    .min(1)
    .optional()
    .describe("a JSON file of trusted documents: an Apollo manifest, or one object of id and document"),
  TRUSTED_DOCUMENTS_ONLY: z
    .enum(["true", "false"])
    .default("true")
    .describe("whether nothing else is answered when there is such a file: true or false (true)"),
  AUTOMATIC_PERSISTED_QUERIES: z
    .enum(["true", "false"])
    .default("false")
    .describe("whether clients may send a document once and its hash from then on: true or false (false)"),
  OVERRIDE_LABELS: z
    .string()
    .default("")
    .transform((text) => text.split(",").flatMap((label) => (label.trim() === "" ? [] : [label.trim()])))
    .refine((labels) => labels.every(isOverrideLabel))
    .describe("labels of @override that are switched on, separated by commas, such as needs-v2; not percent(n)"),
  SHARE_REQUESTS: switchVariable("whether identical queries that run at the same time are executed once"),
  SHARE_FETCHES: switchVariable("whether identical requests to one subgraph at the same time are sent once"),
  BATCH_ENTITIES: switchVariable("whether entities that several requests ask for at once are asked for in one request"),
  CACHE_HINTS: switchVariable("whether answers are kept that subgraphs let be kept (cache-control: public, max-age)"),
  CACHE_MAX_BYTES: integerVariable(
    0,
    4 * 1024 ** 3,
    DEFAULT_SHARING.keep.maxBytes,
    "bytes of all answers that are kept",
  ),
  CACHE_MAX_SECONDS: integerVariable(
    1,
    86_400,
    DEFAULT_SHARING.keep.maxAgeMs / 1_000,
    "seconds that an answer is kept, whatever its subgraph allows",
  ),
  SHUTDOWN_TIMEOUT_MS: integerVariable(0, 600_000, 10_000, "milliseconds that running requests get after SIGTERM"),
  STARTUP_TIMEOUT_MS: integerVariable(0, 3_600_000, 60_000, "milliseconds to wait for subgraphs that are not up yet"),
  SCHEMA_POLL_MS: integerVariable(0, 3_600_000, 10_000, "milliseconds between two looks for a new schema, 0 for none"),
  WORKERS: z
    .union([z.literal("auto"), z.coerce.number().int().min(1).max(MAX_WORKERS)])
    .default(1)
    .describe(`processes that share the port, 1 to ${MAX_WORKERS}, or auto for one for each core (1)`),
  STATE_DIRECTORY: z
    .string()
    .min(1)
    .optional()
    .describe("a folder in which the last schema that was served is kept, for a start without its subgraphs"),
  NODE_ENV: nodeEnvironmentVariable,
});

/** Where the shared subgraphs are; needed unless a file says which graph is served. */
export const ALLIANCE_ENVIRONMENT = GATEWAY_ENVIRONMENT.extend({
  SUBGRAPH_ORGANIZATIONS_URL: addressVariable("organizations"),
  SUBGRAPH_NEEDS_URL: addressVariable("needs"),
  SUBGRAPH_PROJECTS_URL: addressVariable("projects"),
  SUBGRAPH_FUNDS_URL: addressVariable("funds"),
});

export type GatewayEnvironment = z.infer<typeof GATEWAY_ENVIRONMENT>;
export type AllianceEnvironment = z.infer<typeof ALLIANCE_ENVIRONMENT>;

type Variables = Readonly<Record<string, string | undefined>>;

/** The variables of a gateway over a graph from a file. @throws EnvironmentError */
export function readGatewayEnvironment(variables: Variables = process.env): GatewayEnvironment {
  return readEnvironment(GATEWAY_ENVIRONMENT, variables);
}

/** The variables of a gateway over the alliance's own subgraphs. @throws EnvironmentError */
export function readAllianceEnvironment(variables: Variables = process.env): AllianceEnvironment {
  return readEnvironment(ALLIANCE_ENVIRONMENT, variables);
}

/** Options that Node itself takes from the environment, for this process and its children. */
export function readNodeOptions(variables: Variables = process.env): readonly string[] {
  return (variables["NODE_OPTIONS"] ?? "").split(/\s+/).filter((option) => option !== "");
}

function integerVariable(minimum: number, maximum: number, defaultValue: number, meaning: string) {
  return z.coerce
    .number()
    .int()
    .min(minimum)
    .max(maximum)
    .default(defaultValue)
    .describe(`${meaning}, ${minimum} to ${maximum} (${defaultValue})`);
}

function switchVariable(meaning: string) {
  return z.enum(["true", "false"]).default("true").describe(`${meaning}: true or false (true)`);
}

function addressVariable(subgraph: string) {
  return z
    .url({ protocol: /^https?$/ })
    .describe(`where the subgraph ${subgraph} answers GraphQL, such as http://127.0.0.1:4001/graphql`);
}

/** A page's address without its path: anything else never equals the header that a browser sends. */
function isOrigin(text: string): boolean {
  return text === "*" || (URL.canParse(text) && new URL(text).origin === text);
}
