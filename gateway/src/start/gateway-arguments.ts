import { parseArgs } from "node:util";
import { StartError } from "@alliance-hub/shared/server/start-error";
import type { z } from "zod";
import { ALLIANCE_ENVIRONMENT } from "../env";

/** Which graph the process serves. */
export type GraphSource =
  | { readonly kind: "alliance" }
  | { readonly kind: "supergraph-file"; readonly path: string }
  | { readonly kind: "subgraphs-file"; readonly path: string };

export interface GatewayArguments {
  readonly source: GraphSource;
  /** Wins over PORT. */
  readonly port?: number;
  /** A file; wins over TRUSTED_DOCUMENTS. */
  readonly trustedDocuments?: string;
  readonly isHelpAsked: boolean;
}

/** @throws StartError for an unknown option, two graphs at once, or a graph without identities that was not said to be open */
export function parseGatewayArguments(args: readonly string[]): GatewayArguments {
  const { supergraph, subgraphs, port, open = false, help = false, ...options } = parseOptions(args);
  if (supergraph !== undefined && subgraphs !== undefined) {
    throw new StartError("--supergraph and --subgraphs name two graphs. Give one of them.");
  }
  const source = sourceOf(supergraph, subgraphs);
  if (!help && source.kind !== "alliance" && !open) {
    throw new StartError(
      "A graph from a file has no identities: whoever reaches the port may do everything in it. " +
        "Say --open if that is meant, and let only trusted callers reach the port.",
    );
  }
  if (!help && source.kind === "alliance" && open) {
    throw new StartError("--open is for a graph from a file. Give --supergraph FILE or --subgraphs FILE with it.");
  }
  return {
    source,
    port: port === undefined ? undefined : parsePort(port),
    trustedDocuments: options["trusted-documents"],
    isHelpAsked: help,
  };
}

/** What `--help` prints. */
export function describeUsage(): string {
  const variables = Object.entries(ALLIANCE_ENVIRONMENT.shape).map(([name, field]) => {
    const { description } = field as unknown as z.ZodType;
    return `  ${name.padEnd(28)}${description ?? ""}`;
  });
  return `The gateway as its own process: one GraphQL endpoint for a federation.

  gateway                              the alliance's four subgraphs, found by SUBGRAPH_*_URL
  gateway --supergraph FILE --open     a composed supergraph; addresses from its join__Graph
  gateway --subgraphs FILE --open      a JSON list of { "name", "url", "sdl" }, composed at start;
                                       without "sdl" the subgraph is asked for it

Options:
  --port N    port to listen on, 0 for any free one; wins over PORT
  --trusted-documents FILE
              answer the documents of this list and no others; wins over TRUSTED_DOCUMENTS
  --open      serve a graph without identities: whoever reaches the port may do everything in it
  --help      print this

Environment:
${variables.join("\n")}
`;
}

function parseOptions(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        supergraph: { type: "string" },
        subgraphs: { type: "string" },
        port: { type: "string" },
        "trusted-documents": { type: "string" },
        open: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    }).values;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(`${reason}\n--help lists the options.`);
  }
}

function sourceOf(supergraph: string | undefined, subgraphs: string | undefined): GraphSource {
  if (supergraph !== undefined) {
    return { kind: "supergraph-file", path: supergraph };
  }
  return subgraphs === undefined ? { kind: "alliance" } : { kind: "subgraphs-file", path: subgraphs };
}

function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) {
    throw new StartError("--port must be a number from 0 to 65535.");
  }
  return port;
}
