import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const ROOT = join(__dirname, "../..");

/** A file that no wall would let in: each line must be found by the rule. */
interface Violation {
  readonly file: string;
  readonly lines: readonly string[];
  readonly rule: string;
}

let files = 0;

/** `a.service.ts` -> `a7.service.ts`: many cases lie beside one another. */
function numberFile(file: string): string {
  files += 1;
  return file.replace(/(?<=\/)a(?=\.)/, `a${files}`);
}

function importing(file: string, ...modules: readonly string[]): Violation[] {
  const lines = modules.map((module) => `import "${module}";`);
  return [{ file: numberFile(file), lines, rule: "noRestrictedImports" }];
}

const breaking = (rule: string, file: string, ...lines: readonly string[]): Violation => ({
  file: numberFile(file),
  lines,
  rule,
});

const PURE = ["planning", "composition", "execution"].flatMap((room) =>
  importing(
    `gateway/src/${room}/a.ts`,
    "../http/http-server",
    "../identity/a",
    "../egress/http-transport",
    "../telemetry/log",
    "../start/load-graph",
    "../main",
    "../gateway",
    "../start-gateway",
    "../env",
    "undici",
    "fastify",
    "node:fs",
    "node:http",
    "node:net",
    "node:timers",
    "@alliance-hub/needs/subgraph",
    "@alliance-hub/hub/main",
  ),
);

const VIOLATIONS: readonly Violation[] = [
  ...PURE,
  ...importing(
    "gateway/src/planning/a.ts",
    "../execution/run-plan",
    "../partitions/subgraph-caller",
    "../nodes/node-lookup",
  ),
  ...importing("gateway/src/composition/a.ts", "../execution/run-plan", "../partitions/a"),
  ...importing("gateway/src/execution/a.ts", "../nodes/node-lookup"),
  ...["partitions", "sharing", "egress", "nodes", "telemetry", "identity"].flatMap((room) =>
    importing(
      `gateway/src/${room}/a.ts`,
      "../http/http-server",
      "../main",
      "../gateway",
      "../start-gateway",
      "../execution/run-plan",
      "../planning/planner",
      "@alliance-hub/needs/subgraph",
    ),
  ),
  ...importing("gateway/src/egress/a.ts", "../partitions/subgraph-caller", "../nodes/node-lookup", "../identity/a"),
  ...importing("gateway/src/http/a.ts", "../main", "../start-gateway", "@alliance-hub/needs/subgraph"),
  ...importing("gateway/src/gateway.ts", "./http/http-server", "./main"),
  ...importing("gateway/src/subscriptions/a.ts", "../http/http-server", "../main", "../start-gateway"),
  ...importing(
    "shared/src/a.ts",
    "@alliance-hub/gateway/gateway",
    "@alliance-hub/needs/subgraph",
    "@alliance-hub/shared/money",
  ),
  ...importing(
    "subgraphs/needs/src/a/a.ts",
    "@alliance-hub/funds/subgraph",
    "@alliance-hub/gateway/gateway",
    "@alliance-hub/hub/env",
  ),
  ...importing("subgraphs/needs/src/a/a.resolver.ts", "typeorm", "@alliance-hub/funds/subgraph"),
  ...importing("subgraphs/needs/src/a/a.service.ts", "./a.resolver", "@alliance-hub/funds/subgraph"),
  ...importing("subgraphs/needs/src/a/a.loader.ts", "./a.resolver", "@alliance-hub/funds/subgraph"),
  ...importing("subgraphs/needs/src/a/a.entity.ts", "./a.resolver", "./a.service", "@alliance-hub/funds/subgraph"),
  ...importing(
    "subgraphs/needs/src/migrations/1-a.ts",
    "../need/need.entity",
    "./2-b",
    "@alliance-hub/shared/money",
    "pg",
    "node:fs",
  ),
  breaking("noProcessEnv", "gateway/src/http/a.ts", "export const port = process.env.PORT;"),
  breaking("noProcessEnv", "subgraphs/needs/src/a/a.ts", 'export const port = process.env["PORT"];'),
  breaking("noProcessEnv", "hub/src/a.ts", "export const { PORT } = process.env;"),
  breaking("noBarrelFile", "shared/src/a.ts", 'export { sumMoney } from "./money";'),
  breaking("noReExportAll", "shared/src/a.ts", 'export * from "./money";'),
  breaking("noDefaultExport", "shared/src/a.ts", "export default 1;"),
  breaking("useFilenamingConvention", "shared/src/moneyUtil.ts", "export const a = 1;"),
  breaking("noExcessiveLinesPerFile", "shared/src/a.ts", `export const a = [${"\n".repeat(300)}];`),
  breaking("noConsole", "shared/src/a.ts", "console.log(1);"),
  breaking("noExplicitAny", "shared/src/a.ts", "export const a: any = 1;"),
  breaking("noNonNullAssertion", "shared/src/a.ts", "export const a = [1][0]!;"),
  breaking("noImportCycles", "shared/src/cycle-a.ts", 'import { b } from "./cycle-b"; export const a = () => b;'),
  breaking("noImportCycles", "shared/src/cycle-b.ts", 'import { a } from "./cycle-a"; export const b = () => a;'),
];

/** What stays allowed: a wall that stops everything is none. */
const ALLOWED: readonly Violation[] = [
  ...importing("gateway/src/http/a.ts", "../gateway", "../telemetry/request-log", "@alliance-hub/shared/hub-error"),
  ...importing(
    "gateway/src/execution/a.ts",
    "../planning/planner",
    "../partitions/subgraph-caller",
    "@alliance-hub/shared/money",
  ),
  ...importing("gateway/src/planning/a.ts", "../composition/supergraph-directives", "node:crypto"),
  ...importing("gateway/src/partitions/a.ts", "../egress/subgraph-transport", "@alliance-hub/shared/hub-error"),
  ...importing("gateway/src/main.ts", "./start-gateway"),
  ...importing("subgraphs/needs/src/a/a.resolver.ts", "./a.service", "@alliance-hub/shared/request-context"),
  ...importing("subgraphs/needs/src/a/a.service.ts", "./a.entity", "typeorm"),
  ...importing("subgraphs/needs/src/migrations/1-a.ts", "typeorm"),
  breaking("noProcessEnv", "gateway/src/env.ts", "export const port = process.env.PORT;"),
];

interface LintReport {
  readonly diagnostics: readonly {
    readonly category: string;
    readonly location: { readonly path: string; readonly start: { readonly line: number } };
  }[];
}

/** Lays the files into a folder with the house's rules; every finding as `file:line rule`. */
function lintFiles(cases: readonly Violation[]): Set<string> {
  const folder = mkdtempSync(join(tmpdir(), "walls-"));
  try {
    copyFileSync(join(ROOT, "biome.json"), join(folder, "biome.json"));
    copyFileSync(join(ROOT, ".gitignore"), join(folder, ".gitignore"));
    for (const { file, lines } of cases) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), `${lines.join("\n")}\n`);
    }
    const biome = require.resolve("@biomejs/biome/bin/biome", { paths: [ROOT] });
    const options = ["lint", "--reporter=json", "--max-diagnostics=none", "--colors=off", "."];
    const { stdout } = spawnSync(process.execPath, [biome, ...options], { cwd: folder, encoding: "utf8" });
    const { diagnostics } = JSON.parse(stdout) as LintReport;
    return new Set(
      diagnostics.map(({ category, location }) => describeFinding(location.path, location.start.line, category)),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Findings about a file as a whole stand at line 0: the first will do. */
function describeFinding(file: string, line: number, rule: string): string {
  return `${file}:${Math.max(line, 1)} ${rule.split("/").at(-1)}`;
}

const expectedFindings = (cases: readonly Violation[]): string[] =>
  cases.flatMap(({ file, lines, rule }) => lines.map((_line, index) => describeFinding(file, index + 1, rule)));

describe("biome.json", () => {
  it("has a wall wherever the design has one", () => {
    const found = lintFiles(VIOLATIONS);
    expect(expectedFindings(VIOLATIONS).filter((expected) => !found.has(expected))).toEqual([]);
  });

  it("lets through what the design allows", () => {
    const found = lintFiles(ALLOWED);
    expect(expectedFindings(ALLOWED).filter((unwanted) => found.has(unwanted))).toEqual([]);
  });
});
