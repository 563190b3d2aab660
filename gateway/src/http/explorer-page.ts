import type { ExplorerFile } from "./explorer-files";

/** A tab of the explorer. */
export interface ExampleQuery {
  readonly title: string;
  /** Begins with a comment that says for whom it is. */
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E" +
  "%3Ccircle cx='8' cy='8' r='7' fill='%23a3341f'/%3E%3Ccircle cx='8' cy='8' r='3' fill='%23fff'/%3E%3C/svg%3E";

/** The page as HTML. Scripts and styles are files, so that its policy can forbid everything inline. */
export function renderExplorerPage(files: readonly ExplorerFile[], exampleQueries: readonly ExampleQuery[]): string {
  const styles = files.filter((file) => file.mediaType.startsWith("text/css"));
  const scripts = files.filter((file) => file.mediaType.startsWith("text/javascript"));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Alliance Hub</title>
<link rel="icon" href="${ICON}">
${styles.map((file) => `<link rel="stylesheet" href="explorer/${file.name}">`).join("\n")}
</head>
<body>
<div id="explorer"><p class="hub-wait">Loading the explorer. It needs JavaScript; GraphQL itself is served at <code>/graphql</code>.</p></div>
<script type="application/json" id="example-queries">${toScriptData(exampleQueries)}</script>
${scripts.map((file) => `<script src="explorer/${file.name}"></script>`).join("\n")}
</body>
</html>
`;
}

/** JSON that cannot end the element it stands in, nor open a comment. */
function toScriptData(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}
