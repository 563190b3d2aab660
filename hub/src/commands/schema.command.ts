import { readSupergraph } from "@alliance-hub/gateway/planning/supergraph";
import { StartError } from "@alliance-hub/shared/server/start-error";
import { printSchema } from "graphql";
import { composeAlliance, printSharedSubgraphs } from "../alliance/compose-alliance";
import { SHARED_SUBGRAPH_NAMES } from "../alliance/shared-subgraphs";
import { checkPrintedFiles, writePrintedFiles } from "./printed-files";
import { printResult } from "./terminal";

export interface SchemaChoice {
  readonly write: boolean;
  readonly check: boolean;
}

/** What `hub schema` can print beside the subgraphs: what clients see, and what other gateways can serve. */
const WHOLE = ["api", "supergraph"] as const;

/** `hub schema [name]`: prints a schema from the code, or writes or checks the committed copies. */
export async function showSchema(name: string, choice: SchemaChoice): Promise<void> {
  const printed = await printSharedSubgraphs();
  const files = [...printed].map(([subgraph, text]) => ({ path: `subgraphs/${subgraph}/schema.graphql`, text }));
  if (choice.check) {
    checkPrintedFiles(files, "npm run hub -- schema --write");
  } else if (choice.write) {
    writePrintedFiles(files);
  } else {
    printResult(selectSchema(name, printed));
  }
}

function selectSchema(name: string, printed: ReadonlyMap<string, string>): string {
  const subgraph = printed.get(name);
  if (subgraph !== undefined) {
    return subgraph;
  }
  if (name !== "api" && name !== "supergraph") {
    throw new StartError(
      `There is no schema "${name}". Choose one of ${[...WHOLE, ...SHARED_SUBGRAPH_NAMES].join(", ")}.`,
    );
  }
  const supergraph = composeAlliance(
    [...printed].map(([member, sdl]) => ({ name: member, sdl, url: `http://${member}/graphql` })),
  );
  return name === "supergraph" ? supergraph : printSchema(readSupergraph(supergraph).publicSchema);
}
