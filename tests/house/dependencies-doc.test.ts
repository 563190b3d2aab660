import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type LockEntry, locatePackage, ROOT, readLockFile } from "./lock-file";

interface Manifest extends LockEntry {
  readonly workspaces?: readonly string[];
  readonly overrides?: Readonly<Record<string, unknown>>;
}

/** One row of a table: the package, or all packages of a scope (`@scope/*`), and its licence. */
interface DocumentedPackage {
  readonly name: string;
  readonly licence: string;
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(ROOT, folder, "package.json"), "utf8")) as Manifest;
}

/** Names of direct dependencies of any kind, with the folders that ask for them; our own packages are left out. */
function listDirectDependencies(): Map<string, string[]> {
  const { workspaces = [] } = readManifest(".");
  const askers = new Map<string, string[]>();
  for (const folder of ["", ...workspaces].filter((path) => existsSync(join(ROOT, path, "package.json")))) {
    const manifest = readManifest(folder);
    for (const name of Object.keys({
      ...manifest.dependencies,
      ...manifest.devDependencies,
      ...manifest.optionalDependencies,
      ...manifest.peerDependencies,
    })) {
      if (!name.startsWith("@alliance-hub/")) {
        askers.set(name, [...(askers.get(name) ?? []), folder]);
      }
    }
  }
  return askers;
}

function readDocumentedPackages(page: string): DocumentedPackage[] {
  return [...page.matchAll(/^\| `([^`]+)` +\| ([^|]+) \|/gm)].map(([, name = "", licence = ""]) => ({
    name,
    licence: licence.trim(),
  }));
}

function isNamedBy(name: string, documented: string): boolean {
  return documented.endsWith("/*") ? name.startsWith(documented.slice(0, -1)) : name === documented;
}

describe("docs/dependencies.md", () => {
  const page = readFileSync(join(ROOT, "docs/dependencies.md"), "utf8");
  const documented = readDocumentedPackages(page);
  const direct = listDirectDependencies();
  const lock = readLockFile();

  it("names every direct dependency", () => {
    const missing = [...direct.keys()].filter((name) => !documented.some((row) => isNamedBy(name, row.name)));
    expect(missing).toEqual([]);
  });

  it("names each once, and nothing that is not a direct dependency", () => {
    const names = documented.map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(names.filter((name) => ![...direct.keys()].some((dependency) => isNamedBy(dependency, name)))).toEqual([]);
  });

  it("states the licence that each package states", () => {
    const wrong: string[] = [];
    for (const [name, folders] of direct) {
      const row = documented.find((candidate) => isNamedBy(name, candidate.name));
      for (const folder of folders) {
        const stated = lock[locatePackage(lock, folder, name) ?? ""]?.license;
        if (row !== undefined && row.licence !== stated) {
          wrong.push(`${name}: the page says ${row.licence}, the package says ${stated}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it("explains every override", () => {
    const unexplained = Object.keys(readManifest(".").overrides ?? {}).filter(
      (name) => !new RegExp(`^- \`${name}\` `, "m").test(page),
    );
    expect(unexplained).toEqual([]);
  });
});
