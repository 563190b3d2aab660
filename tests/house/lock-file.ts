import { readFileSync } from "node:fs";
import { join, posix } from "node:path";

/** Root of the repository. */
export const ROOT = join(__dirname, "../..");

/** What npm's lock file says of one installed package or workspace; `license` is an SPDX expression. */
export interface LockEntry {
  readonly version?: string;
  readonly license?: string;
  /** Of a link: the workspace's folder. */
  readonly resolved?: string;
  readonly link?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/** Entries by folder; the root is "". */
export type LockFile = Readonly<Record<string, LockEntry>>;

export function readLockFile(): LockFile {
  const { packages } = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")) as { packages: LockFile };
  return packages;
}

/** The folder from which Node takes a package for a file of `folder`: the nearest `node_modules` upwards that has it. */
export function locatePackage(lock: LockFile, folder: string, name: string): string | undefined {
  for (let at = folder; ; at = at.includes("/") ? posix.dirname(at) : "") {
    const candidate = posix.join(at, "node_modules", name);
    if (lock[candidate] !== undefined) {
      return candidate;
    }
    if (at === "") {
      return undefined;
    }
  }
}

/** `gateway/node_modules/react` -> `react`. */
export function nameOfFolder(folder: string): string {
  return folder.slice(folder.lastIndexOf("node_modules/") + "node_modules/".length);
}
