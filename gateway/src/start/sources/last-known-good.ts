import { createHash } from "node:crypto";
import { join } from "node:path";
import { StartError } from "@alliance-hub/shared/server/start-error";
import type { Logger } from "pino";
import { z } from "zod";
import { parseSupergraph, readText } from "../graph-files";
import { openStateDirectory, writeWhole } from "../state-file";
import type { ServableGraph, SupergraphSource } from "./supergraph-source";

const FILE_NAME = "last-known-good.json";
const FORMAT = "alliance-hub/last-known-good/1";

const CONTENT = z.strictObject({
  format: z.literal(FORMAT),
  source: z.string(),
  savedAt: z.iso.datetime(),
  subgraphs: z.array(
    z.strictObject({
      name: z.string().min(1),
      url: z.url({ protocol: /^https?$/ }),
      subscriptions: z.url({ protocol: /^(https?|wss?)$/ }).optional(),
    }),
  ),
  supergraphSdl: z.string(),
});
const FILE = z.strictObject({ content: z.string(), sha256: z.string() });

export interface RecalledGraph {
  readonly graph: ServableGraph;
  /** ISO 8601. */
  readonly savedAt: string;
}

/** The graph that was served last, on disk: the gateway starts with it when there is no present one. */
export class LastKnownGood {
  readonly #path: string;

  /** @throws StartError when the folder cannot be written to */
  constructor(
    directory: string,
    readonly log: Logger,
    readonly clock: () => Date = () => new Date(),
  ) {
    openStateDirectory(directory, FILE_NAME);
    this.#path = join(directory, FILE_NAME);
  }

  /** Never rejects: a full disk is no reason not to serve. */
  async write({ name: source }: SupergraphSource, { supergraphSdl, subgraphs }: ServableGraph): Promise<void> {
    const savedAt = this.clock().toISOString();
    const content = JSON.stringify({ format: FORMAT, source, savedAt, subgraphs, supergraphSdl });
    try {
      await writeWhole(this.#path, `${JSON.stringify({ content, sha256: digestOf(content) })}\n`);
    } catch (error) {
      this.log.error({ err: error }, "the last known good schema could not be written");
    }
  }

  /** Undefined, with the reason in the log, unless the whole file is this source's and can be served. */
  read(source: SupergraphSource): RecalledGraph | undefined {
    try {
      return readContent(readText(this.#path), this.#path, source);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.log.error({ reason }, "there is no last known good schema that can be served");
      return undefined;
    }
  }
}

/** @throws StartError */
function readContent(text: string, path: string, source: SupergraphSource): RecalledGraph {
  const file = FILE.safeParse(parseJson(text));
  if (!file.success) {
    throw new StartError(`${path} is no last known good schema.`);
  }
  if (digestOf(file.data.content) !== file.data.sha256) {
    throw new StartError(`${path} is damaged: its content does not have the digest that it names.`);
  }
  const content = CONTENT.safeParse(parseJson(file.data.content));
  if (!content.success) {
    throw new StartError(`${path} was written by another version (it is not of the format ${FORMAT}).`);
  }
  const { supergraphSdl, subgraphs, savedAt, source: writtenFor } = content.data;
  if (writtenFor !== source.name) {
    throw new StartError(
      `${path} is of another graph (${writtenFor}). Give each gateway a state directory of its own.`,
    );
  }
  // Of unknown origin again: who can write the file must not be able to end the process with it.
  parseSupergraph(path, supergraphSdl);
  return { graph: { supergraphSdl, subgraphs: chooseAddresses(path, subgraphs, source) }, savedAt };
}

/** Where the operator says today that the instances are, not where they were. */
function chooseAddresses(
  path: string,
  written: ServableGraph["subgraphs"],
  source: SupergraphSource,
): ServableGraph["subgraphs"] {
  let configured: ServableGraph["subgraphs"] | undefined;
  try {
    configured = source.configuredSubgraphs?.();
  } catch {
    // The operator's list is what cannot be read: the addresses that it had are the best there are.
  }
  if (configured === undefined) {
    return written;
  }
  const names = (subgraphs: ServableGraph["subgraphs"]) =>
    subgraphs
      .map(({ name }) => name)
      .toSorted()
      .join(", ");
  if (names(configured) !== names(written)) {
    throw new StartError(`${path} is of other subgraphs (${names(written)}) than those that are configured.`);
  }
  return configured;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
