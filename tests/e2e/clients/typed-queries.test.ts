import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { EXAMPLE_QUERIES } from "@alliance-hub/hub/demo/example-queries";
import { readDocumentedOperations } from "../../kit/markdown-blocks";
import { ROOT } from "../../kit/program";
import { printPublicSchema, runNode } from "./run-node";
import { nameOperations, writeClientSource } from "./typed-operations";

jest.setTimeout(120_000);

/** All custom scalars travel as strings; one without an entry here fails the generator. */
const SCALARS = {
  BigInt: "string",
  CurrencyCode: "string",
  Date: "string",
  DateTime: "string",
  Decimal: "string",
  DivisionCode: "string",
  IdempotencyKey: "string",
  MemberCode: "string",
  Uscc: "string",
};

/** One operation whose types are looked at one by one. */
const COUNTY = `
  query TypedCounty($code: DivisionCode!, $filter: PublishedNeedFilter, $first: Int) {
    adminDivision(code: $code) { name }
    publishedNeeds(filter: $filter, first: $first) {
      totalCount
      nodes { publishedAt status coverage { committedBp requestedValue { amountMinor } } }
    }
    node(id: "zz-alliance.admin-division.430225") { __typename ... on AdminDivision { code } ... on Need { urgency } }
  }`;

const USE_OF_COUNTY = `
import { TypedCounty as document } from "./operations";
import type { ResultOf, VariablesOf } from "@graphql-typed-document-node/core";

export const variables: VariablesOf<typeof document> = { code: "430225", filter: { category: "STUDY_SUPPORT" } };
// @ts-expect-error the code is required
export const withoutCode: VariablesOf<typeof document> = { first: 3 };
// @ts-expect-error no such category
export const wrongCategory: VariablesOf<typeof document> = { code: "430225", filter: { category: "NOTHING" } };

export function read({ adminDivision, publishedNeeds, node }: ResultOf<typeof document>): string[] {
  const total: number | null | undefined = publishedNeeds.totalCount;
  // @ts-expect-error there may be no such division
  const name: string = adminDivision.name;
  // @ts-expect-error money is no number
  const fen: number | undefined = publishedNeeds.nodes[0]?.coverage.requestedValue.amountMinor;
  const code: string | undefined = node?.__typename === "AdminDivision" ? node.code : undefined;
  // @ts-expect-error a need has no code
  const ofNeed: string | undefined = node?.__typename === "Need" ? node.code : undefined;
  return publishedNeeds.nodes.map(({ publishedAt, status, coverage }) => {
    const amountMinor: string = coverage.requestedValue.amountMinor;
    const isPublished: boolean = status === "PUBLISHED";
    const at: string | null | undefined = publishedAt;
    return [total, name, fen, code, ofNeed, amountMinor, isPublished, at, coverage.committedBp].join();
  });
}
`;

describe("@graphql-codegen with the client preset", () => {
  const folder = mkdtempSync(join(tmpdir(), "typed-queries-"));
  const sourceFolder = join(folder, "src");
  const operations = nameOperations([
    COUNTY,
    ...readDocumentedOperations().map(({ text }) => text),
    ...EXAMPLE_QUERIES.map(({ query }) => query),
  ]);

  beforeAll(async () => {
    mkdirSync(sourceFolder);
    symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "a-client", private: true }));
    writeFileSync(join(folder, "schema.graphql"), await printPublicSchema());
    writeFileSync(join(sourceFolder, "operations.ts"), writeClientSource(operations));
    writeFileSync(join(sourceFolder, "use-county.ts"), USE_OF_COUNTY);
    const config = {
      schema: "schema.graphql",
      documents: ["src/operations.ts"],
      generates: { "src/generated/": { preset: "client", config: { strictScalars: true, scalars: SCALARS } } },
    };
    writeFileSync(join(folder, "codegen.json"), JSON.stringify(config));
    const compilerOptions = {
      strict: true,
      noUncheckedIndexedAccess: true,
      noEmit: true,
      skipLibCheck: false,
      target: "es2022",
      lib: ["es2022", "dom"],
      module: "preserve",
      moduleResolution: "bundler",
      types: [],
    };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["src"] }));
    await runNode(
      findProgram(require.resolve("@graphql-codegen/cli/package.json"), "graphql-codegen"),
      ["--config", "codegen.json"],
      folder,
    );
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("knows every operation of the pages and of the explorer", () => {
    const generated = readFileSync(join(sourceFolder, "generated/graphql.ts"), "utf8");
    expect(operations.length).toBeGreaterThanOrEqual(EXAMPLE_QUERIES.length + 1);
    for (const { name } of operations) {
      expect(generated).toContain(`export type ${name}Query = `);
    }
  });

  it("compiles them under strict TypeScript, with types that refuse wrong use", async () => {
    expect(await runNode(findProgram(require.resolve("typescript/package.json"), "tsc"), ["-p", "."], folder)).toBe("");
  });
});

/** The file behind a command of a package. */
function findProgram(manifestFile: string, command: string): string {
  const { bin } = JSON.parse(readFileSync(manifestFile, "utf8")) as { bin: Record<string, string> };
  return join(dirname(manifestFile), bin[command] ?? "");
}
