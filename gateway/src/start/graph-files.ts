import { readFileSync, statSync } from "node:fs";
import { StartError } from "@alliance-hub/shared/server/start-error";
import { type DocumentNode, parse } from "graphql";
import { z } from "zod";
import { NODE_SUBGRAPH_URL } from "../composition/node-subgraph";
import { readSubgraphAddresses } from "../composition/read-subgraph-addresses";
import { findSupergraphFaults } from "./check-supergraph";

/** A subgraph that takes part in the graph: where it is, and its SDL when that need not be asked for. */
export interface SubgraphSource {
  readonly name: string;
  readonly url: string;
  readonly sdl?: string;
  /** Where it is subscribed to, when that is not by GraphQL over SSE at `url`. */
  readonly subscriptions?: string;
}

export interface SupergraphFile {
  readonly supergraphSdl: string;
  readonly subgraphs: readonly SubgraphSource[];
}

/** The largest federation that was measured, of 1000 subgraphs, has 2 MB. */
const MAX_FILE_BYTES = 64 * 1024 * 1024;

const HTTP_ADDRESS = z.url({ protocol: /^https?$/, error: "must be an http:// or https:// address" });
const STREAM_ADDRESS = z.url({
  protocol: /^(https?|wss?)$/,
  error: "must be a ws://, wss://, http:// or https:// address",
});
const SUBGRAPHS_FILE = z
  .array(
    z.object({
      name: z.string().min(1),
      url: HTTP_ADDRESS,
      sdl: z.string().min(1).optional(),
      subscriptions: STREAM_ADDRESS.optional(),
    }),
  )
  .min(1);

/** A JSON list of `{ name, url, sdl?, subscriptions? }`. @throws StartError */
export function readSubgraphsFile(path: string): readonly SubgraphSource[] {
  let content: unknown;
  try {
    content = JSON.parse(readText(path));
  } catch (error) {
    throw error instanceof StartError ? error : new StartError(`${path} is not JSON (${describe(error)}).`);
  }
  const outcome = SUBGRAPHS_FILE.safeParse(content);
  if (!outcome.success) {
    const faults = outcome.error.issues.map(
      (issue) => `  - ${z.core.toDotPath(issue.path) || "the list"}: ${issue.message}`,
    );
    throw new StartError(
      `${path} must be a list of { "name", "url", "sdl", "subscriptions" }, where the last two may be left out:\n${faults.join("\n")}`,
    );
  }
  return outcome.data;
}

/**
 * A composed supergraph with the addresses of its join__Graph, checked as one of unknown origin.
 * @param path where the text stands, for what is said
 * @throws StartError
 */
export function parseSupergraph(path: string, supergraphSdl: string): SupergraphFile {
  let document: DocumentNode;
  try {
    document = parse(supergraphSdl, { noLocation: true });
  } catch (error) {
    throw new StartError(`${path} is not GraphQL (${describe(error)}).`);
  }
  const addresses = readSubgraphAddresses(supergraphSdl);
  if (addresses.size === 0) {
    throw new StartError(
      `${path} is not a supergraph: it has no join__Graph. Compose one first, or serve its subgraphs with --subgraphs.`,
    );
  }
  const subgraphs = [...addresses]
    // The gateway answers for its own subgraph itself.
    .filter(([, url]) => url !== NODE_SUBGRAPH_URL)
    .map(([name, url]) => ({ name, url }));
  const unreachable = subgraphs.filter(({ url }) => !HTTP_ADDRESS.safeParse(url).success).map(({ name }) => name);
  if (unreachable.length > 0) {
    throw new StartError(
      `${path} names no http:// or https:// address for ${unreachable.join(", ")}. Compose it with one for each subgraph.`,
    );
  }
  const faults = findSupergraphFaults(document);
  if (faults.length > 0) {
    throw new StartError(`${path} cannot be served:\n${faults.map((fault) => `  - ${fault}`).join("\n")}`);
  }
  return { supergraphSdl, subgraphs };
}

/** @throws StartError for what cannot be read, or is more than a schema */
export function readText(path: string): string {
  try {
    if (statSync(path).size > MAX_FILE_BYTES) {
      throw new Error(`more than ${MAX_FILE_BYTES} bytes`);
    }
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new StartError(`${path} cannot be read (${describe(error)}).`);
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
