import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readSubgraphSdl } from "../subgraphs/executable-subgraphs.mjs";
import { answerDirectly } from "../subgraphs/whole-graph.mjs";
import { askChild, startProgram } from "./started-processes.mjs";

const SERVER = fileURLToPath(new URL("../subgraphs/server.mjs", import.meta.url));
const COMPOSITION = fileURLToPath(new URL("../../gateway/dist/composition/compose-supergraph.js", import.meta.url));

export const QUERY_NAMES = ["heavy", "medium", "light", "wide"];

/**
 * Starts the subgraphs and composes them once, for all contenders.
 * @returns `{ subgraphs, urls, folder, files, operations }`; the folder goes with this process; `files` are what gateways read; the
 *   operations have `name`, `request` (the body that is sent) and `data` (the right answer)
 */
export async function openGraph(processors, queryNames) {
  const subgraphs = startProgram(["--max-semi-space-size=64", SERVER], { processor: processors.subgraphs });
  const { ports } = await askChild(subgraphs, { ask: "listen" });
  const urls = Object.fromEntries(
    Object.entries(ports).map(([name, port]) => [name, `http://127.0.0.1:${port}/graphql`]),
  );
  const folder = mkdtempSync(join(tmpdir(), "gateway-bench-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return {
    subgraphs,
    urls,
    folder,
    files: writeFiles(folder, urls),
    operations: queryNames.map(readOperation),
  };
}

/** The same graph in the words of each gateway: composed, as a list of subgraphs, and as Grafbase's configuration. */
function writeFiles(folder, urls) {
  const write = (name, text) => {
    const file = join(folder, name);
    writeFileSync(file, text);
    return file;
  };
  const subgraphs = Object.entries(urls).map(([name, url]) => ({ name, url, sdl: readSubgraphSdl(name) }));
  const sections = subgraphs.map(({ name, url, sdl }) => {
    const schema = write(`${name}.graphql`, sdl);
    return `[subgraphs.${name}]\nurl = ${JSON.stringify(url)}\nschema_path = ${JSON.stringify(schema)}\n`;
  });
  // It does not know our header unless it is told to pass it on.
  const passId = '[[headers]]\nrule = "forward"\nname = "x-request-id"\n';
  return {
    supergraphFile: write("supergraph.graphql", compose(urls)),
    subgraphsFile: write("subgraphs.json", JSON.stringify(subgraphs)),
    grafbaseFile: write("grafbase.toml", [...sections, passId].join("\n")),
  };
}

function compose(urls) {
  const { composeSupergraph } = createRequire(import.meta.url)(COMPOSITION);
  const { supergraphSdl, errors } = composeSupergraph(
    Object.entries(urls).map(([name, url]) => ({ name, url, sdl: readSubgraphSdl(name) })),
  );
  if (errors !== undefined) {
    throw new Error(`The benchmark's subgraphs do not compose: ${errors.map(({ message }) => message).join("; ")}`);
  }
  return supergraphSdl;
}

function readOperation(name) {
  const query = readFileSync(new URL(`queries/${name}.graphql`, import.meta.url), "utf8");
  return { name, request: JSON.stringify({ query }), data: answerDirectly(query) };
}
