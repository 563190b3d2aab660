import { readFileSync } from "node:fs";
import { composeSupergraph, type SubgraphDefinition } from "@alliance-hub/gateway/composition/compose-supergraph";
import { StartError } from "@alliance-hub/shared/server/start-error";
import { z } from "zod";
import { printResult } from "./terminal";

export interface ComposeChoice {
  /** JSON file: a list of { name, url, sdl }. */
  readonly subgraphs: string;
  readonly json: boolean;
}

const SUBGRAPHS_FILE = z
  .array(z.object({ name: z.string().min(1), url: z.string().default(""), sdl: z.string().min(1) }))
  .min(1);

/** `hub compose`: the supergraph on standard output, or what keeps the subgraphs from composing; exit code 1 then. */
export function composeFile(choice: ComposeChoice): void {
  const outcome = composeSupergraph(readSubgraphsFile(choice.subgraphs));
  if (choice.json) {
    printResult(
      JSON.stringify(
        outcome.errors === undefined
          ? { supergraphSdl: outcome.supergraphSdl, errors: [] }
          : { errors: outcome.errors },
        null,
        2,
      ),
    );
    process.exitCode = outcome.errors === undefined ? 0 : 1;
    return;
  }
  if (outcome.errors !== undefined) {
    const list = outcome.errors.map(({ code, message }) => `  - ${code === undefined ? "" : `${code}: `}${message}`);
    throw new StartError(`The subgraphs do not compose:\n${list.join("\n")}`);
  }
  printResult(outcome.supergraphSdl);
}

function readSubgraphsFile(path: string): SubgraphDefinition[] {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new StartError(`${path} cannot be read as JSON (${(error as Error).message}).`);
  }
  const outcome = SUBGRAPHS_FILE.safeParse(json);
  if (!outcome.success) {
    const faults = outcome.error.issues.map(
      ({ path: place, message }) => `  - ${z.core.toDotPath(place) || "the list"}: ${message}`,
    );
    throw new StartError(
      `${path} must be a list of { "name", "url", "sdl" }. Nothing is asked of the subgraphs here: each "sdl" stands in the file.\n${faults.join("\n")}`,
    );
  }
  return outcome.data;
}
