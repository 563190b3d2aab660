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
 * They come from the installed packages, wherever npm has put them: the page asks nobody on the internet. Only a package's
 * package.json can be resolved by name; the files lie beside it.
 * @throws Error when a package is not installed
 */
export function loadExplorerFiles(): readonly ExplorerFile[] {
  const graphiql = dirname(require.resolve("graphiql/package.json"));
  const react = dirname(require.resolve("react/package.json"));
  const reactDom = dirname(require.resolve("react-dom/package.json"));
  return [
    toFile("graphiql.min.css", readFileSync(join(graphiql, "graphiql.min.css"))),
    toFile("explorer.css", Buffer.from(EXPLORER_STYLE)),
    toFile("react.production.min.js", readFileSync(join(react, "umd/react.production.min.js"))),
    toFile("react-dom.production.min.js", readFileSync(join(reactDom, "umd/react-dom.production.min.js"))),
    toFile("graphiql.min.js", readFileSync(join(graphiql, "graphiql.min.js"))),
    toFile("explorer.js", Buffer.from(EXPLORER_SCRIPT)),
  ];
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
