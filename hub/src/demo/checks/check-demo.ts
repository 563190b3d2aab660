import { isUscc } from "@alliance-hub/shared/identifiers/uscc";
import type { DataSource } from "typeorm";
import type { DemoSubgraphs } from "../seed-demo";
import { checkFundingOfProjects, checkMoneyOfNeeds } from "./money-checks";
import { REFERENCE_CHECKS, type ReferenceCheck } from "./reference-checks";
import { ROW_CHECKS } from "./row-checks";

/** A rule that demo data breaks. */
export interface DemoFault {
  readonly rule: string;
  /** Ids or codes of the rows at fault, the first few. */
  readonly examples: readonly string[];
  readonly count: number;
}

const MAX_EXAMPLES = 5;

/** The rules of the domain that the demo data breaks: none, when the generator is right. Reads whole tables: for tests. */
export async function checkDemo(subgraphs: DemoSubgraphs): Promise<DemoFault[]> {
  const faults: DemoFault[] = [];
  const note = (rule: string, culprits: readonly string[]): void => {
    if (culprits.length > 0) {
      faults.push({ rule, examples: culprits.slice(0, MAX_EXAMPLES), count: culprits.length });
    }
  };
  for (const { subgraph, rule, sql } of ROW_CHECKS) {
    note(`${subgraph}: ${rule}`, await selectTexts(subgraphs[subgraph].database, sql));
  }
  for (const check of REFERENCE_CHECKS) {
    note(`${check.from}: ${check.rule}`, await findDangling(subgraphs, check));
  }
  const codes = await selectTexts(
    subgraphs.organizations.database,
    "SELECT uscc FROM organization WHERE uscc IS NOT NULL",
  );
  note(
    "organizations: both check characters of a credit code are right",
    codes.filter((code) => !isUscc(code)),
  );
  note("needs and funds say the same of a need's money", await checkMoneyOfNeeds(subgraphs));
  note("a funded project has its minimum funding", await checkFundingOfProjects(subgraphs));
  return faults;
}

async function findDangling(subgraphs: DemoSubgraphs, check: ReferenceCheck): Promise<string[]> {
  const references = await selectTexts(subgraphs[check.from].database, check.sql);
  return selectTexts(
    subgraphs[check.to].database,
    `SELECT ref FROM unnest($1::text[]) AS ref WHERE NOT EXISTS (SELECT FROM ${check.table} WHERE ${check.column} = ref)`,
    [references],
  );
}

/** The first column of each row. */
async function selectTexts(database: DataSource, sql: string, parameters: unknown[] = []): Promise<string[]> {
  const rows = await database.query<Record<string, string>[]>(sql, parameters);
  return rows.map((row) => Object.values(row)[0] ?? "");
}
