import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { EXPLORER_SCRIPT, EXPLORER_STYLE } from "./explorer-script";

/** A file of the explorer page, held in memory. */
export interface ExplorerFile {
  /** With the content's digest in it: `graphiql.min.3f9a0c1b2d4e.js`. */
  readonly name: string;
  readonly mediaType: "text/javascript; charset=utf-8" | "text/css; charset=utf-8";
  readonly content: Buffer;
}

/**
 * React, GraphiQL and what joins them to the hub, in the order in which the page needs them.
 * They come from the installed packages, wherever npm has put them: the page asks nobody on the internet.
 * @throws Error when a package is not installed
 */
export function loadExplorerFiles(): readonly ExplorerFile[] {
  return [
    toFile("graphiql.min.css", readPackageFile("graphiql", "graphiql.min.css")),
    toFile("explorer.css", Buffer.from(EXPLORER_STYLE)),
    toFile("react.production.min.js", readPackageFile("react", "umd/react.production.min.js")),
    toFile("react-dom.production.min.js", readPackageFile("react-dom", "umd/react-dom.production.min.js")),
    toFile("graphiql.min.js", readPackageFile("graphiql", "graphiql.min.js")),
    toFile("explorer.js", Buffer.from(EXPLORER_SCRIPT)),
  ];
}

/** Every one of these packages exports its package.json; its other files may not be resolved by name. */
function readPackageFile(packageName: string, path: string): Buffer {
  return readFileSync(join(dirname(require.resolve(`${packageName}/package.json`)), path));
}

function toFile(fileName: string, content: Buffer): ExplorerFile {
  const dot = fileName.lastIndexOf(".");
  const digest = createHash("sha256").update(content).digest("hex").slice(0, 12);
  return {
    name: `${fileName.slice(0, dot)}.${digest}${fileName.slice(dot)}`,
    mediaType: fileName.endsWith(".css") ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8",
    content,
  };
}
