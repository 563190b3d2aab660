import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { StartError } from "@alliance-hub/shared/server/start-error";
import { parseSupergraph, readText } from "../graph-files";
import type { ServableGraph, SupergraphSource } from "./supergraph-source";

/** A file is taken when it reads the same after this time: whoever writes it in pieces is not done. */
const SETTLE_MS = 50;
const SETTLE_ATTEMPTS = 10;

/**
 * A composed supergraph in a file. It is read and compared each time: the time of its last change tells less, and a file of
 * some megabytes is read in a moment.
 */
export function createSupergraphFileSource(path: string): SupergraphSource {
  let seen: { readonly text: string; readonly outcome: ServableGraph | StartError } | undefined;

  async function readWhenSettled(signal: AbortSignal): Promise<string> {
    let text = readText(path);
    if (seen === undefined || text === seen.text) {
      return text;
    }
    for (let attempt = 0; attempt < SETTLE_ATTEMPTS; attempt += 1) {
      await sleep(SETTLE_MS, undefined, { signal });
      const later = readText(path);
      if (later === text) {
        return text;
      }
      text = later;
    }
    throw new StartError(`${path} changes all the time. Write it beside and rename it.`);
  }

  return {
    name: `supergraph-file:${resolve(path)}`,
    async load({ signal }) {
      signal.throwIfAborted();
      const text = await readWhenSettled(signal);
      if (text !== seen?.text) {
        seen = { text, outcome: tryParse(path, text) };
      }
      if (seen.outcome instanceof StartError) {
        throw seen.outcome;
      }
      return seen.outcome;
    },
    async close() {},
  };
}

function tryParse(path: string, text: string): ServableGraph | StartError {
  try {
    return parseSupergraph(path, text);
  } catch (error) {
    if (error instanceof StartError) {
      return error;
    }
    throw error;
  }
}
