import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { StartError } from "@alliance-hub/shared/server/start-error";

/** For the owner alone: addresses of instances are in it. */
const FILE_MODE = 0o600;
const DIRECTORY_MODE = 0o700;

/** What a killed process left is certainly not being written any more after this time. */
const ABANDONED_MS = 60_000;

/**
 * Makes the folder where it is missing, proves that it can be written to, and removes what killed processes left of the named file.
 * @throws StartError
 */
export function openStateDirectory(directory: string, fileName: string): void {
  try {
    mkdirSync(directory, { recursive: true, mode: DIRECTORY_MODE });
    const probe = join(directory, temporaryName(fileName));
    writeFileSync(probe, "", { flag: "wx", mode: FILE_MODE });
    rmSync(probe);
    for (const name of readdirSync(directory)) {
      if (name.startsWith(`${fileName}.`) && name.endsWith(".tmp")) {
        removeAbandoned(join(directory, name));
      }
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(`The state directory cannot be used (${reason}). Correct STATE_DIRECTORY, or unset it.`, {
      cause: error,
    });
  }
}

/**
 * Puts the text in the place of the file's content, so that whoever reads it, whenever this process ends, finds one or the other
 * and whole.
 */
export async function writeWhole(path: string, text: string): Promise<void> {
  const directory = dirname(path);
  const temporary = join(directory, temporaryName(basename(path)));
  try {
    await writeThrough(await open(temporary, "wx", FILE_MODE), text);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  // The new name lasts when the folder is on the disk, too.
  await writeThrough(await open(directory, "r"));
}

/** Onto the disk: a rename may get there before the content that it names. */
async function writeThrough(file: FileHandle, text?: string): Promise<void> {
  try {
    if (text !== undefined) {
      await file.writeFile(text);
    }
    await file.sync();
  } finally {
    await file.close();
  }
}

function temporaryName(fileName: string): string {
  return `${fileName}.${process.pid}-${randomBytes(6).toString("hex")}.tmp`;
}

function removeAbandoned(path: string): void {
  const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
  if (age > ABANDONED_MS) {
    rmSync(path, { force: true });
  }
}
