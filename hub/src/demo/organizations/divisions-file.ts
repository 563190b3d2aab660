import { readFileSync } from "node:fs";
import { join } from "node:path";
import { invariant } from "@alliance-hub/shared/invariant";

/** A line of the reference list. */
export interface ListedDivision {
  readonly code: string;
  readonly level: string;
  readonly name: string;
  readonly parentCode: string;
}

/** From the package's root, which is three folders up from the sources and from the compiled files alike. */
const FILE = join(__dirname, "..", "..", "..", "reference", "zhuzhou-divisions.csv");

/** Zhuzhou with its counties, townships and villages, in the order of the file. Source: reference/README.md. */
export function readDivisionsFile(): ListedDivision[] {
  const [header, ...lines] = readFileSync(FILE, "utf8").trimEnd().split(/\r?\n/);
  invariant(header === "code,level,name,parent", "the list of divisions has its four columns");
  return lines.map((line) => {
    const [code, level, name, parentCode] = line.split(",");
    invariant(code && level && name && parentCode, "a line of the list of divisions is complete");
    return { code, level, name, parentCode };
  });
}
