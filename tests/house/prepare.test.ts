import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ROOT } from "./lock-file";

/** Stands in for npm: says how it was called, and installs nothing but the file that npm writes last. */
const NPM = `
const { mkdirSync, writeFileSync } = require("node:fs");
writeFileSync("called.json", JSON.stringify(process.argv.slice(2)));
mkdirSync("node_modules", { recursive: true });
writeFileSync("node_modules/.package-lock.json", "{}");
process.exit(Number(process.env.NPM_EXIT_CODE ?? "0"));
`;

describe("prepare()", () => {
  let checkout: string;

  beforeEach(() => {
    checkout = mkdtempSync(join(tmpdir(), "prepare-"));
    mkdirSync(join(checkout, "hub/bin"), { recursive: true });
    copyFileSync(join(ROOT, "hub/bin/prepare.mjs"), join(checkout, "hub/bin/prepare.mjs"));
    writeFileSync(join(checkout, "package-lock.json"), "{}");
    writeFileSync(join(checkout, "tsconfig.json"), JSON.stringify({ references: [] }));
    writeFileSync(join(checkout, "npm.js"), NPM);
  });

  afterEach(() => {
    rmSync(checkout, { recursive: true, force: true });
  });

  function prepare(env: Readonly<Record<string, string>> = {}) {
    const url = pathToFileURL(join(checkout, "hub/bin/prepare.mjs")).href;
    return spawnSync(process.execPath, ["--input-type=module", "-e", `(await import("${url}")).prepare()`], {
      encoding: "utf8",
      env: { PATH: process.env.PATH ?? "", npm_execpath: join(checkout, "npm.js"), ...env },
    });
  }

  it("installs by the lock file, with the compiler whatever NODE_ENV says, and only once", () => {
    expect(prepare({ NODE_ENV: "production" }).status).toBe(0);
    const call = join(checkout, "called.json");
    expect(JSON.parse(readFileSync(call, "utf8"))).toEqual(expect.arrayContaining(["ci", "--include=dev"]));
    rmSync(call);
    expect(prepare().status).toBe(0);
    expect(existsSync(call)).toBe(false);
  });

  it("ends with a sentence when npm fails", () => {
    const { status, stderr } = prepare({ NPM_EXIT_CODE: "3" });
    expect(status).toBe(3);
    expect(stderr).toContain("Packages could not be installed");
  });
});
