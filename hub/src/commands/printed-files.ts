import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { StartError } from "@alliance-hub/shared/server/start-error";
import { say } from "./terminal";

/** Root of the checkout, seen from the compiled file hub/dist/commands. */
const ROOT = join(__dirname, "../../..");

/** A file of the repository that is printed from the code. */
export interface PrintedFile {
  /** Path from the root of the checkout. */
  readonly path: string;
  readonly text: string;
}

/** Writes the files whose text has changed. */
export function writePrintedFiles(files: readonly PrintedFile[]): void {
  for (const { path, text } of files.filter(isStale)) {
    writeFileSync(join(ROOT, path), text);
    say(`${path} written.`);
  }
}

/** @throws StartError when a committed file is not what the code prints */
export function checkPrintedFiles(files: readonly PrintedFile[], remedy: string): void {
  const stale = files.filter(isStale);
  if (stale.length > 0) {
    throw new StartError(
      `Not up to date: ${stale.map(({ path }) => path).join(", ")}. Run ${remedy} and commit the result.`,
    );
  }
}

function isStale({ path, text }: PrintedFile): boolean {
  try {
    return readFileSync(join(ROOT, path), "utf8") !== text;
  } catch {
    return true;
  }
}
