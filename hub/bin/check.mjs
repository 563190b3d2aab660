/** Everything that CI checks beside the tests. All checks run, then the verdict: one run names every fault. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "./prepare.mjs";

const CHECKS = [
  ["format, lint and walls", ["node_modules/@biomejs/biome/bin/biome", "ci", "--error-on-warnings", "."]],
  ["types of sources", ["node_modules/typescript/bin/tsc", "-b"]],
  ["types of tests", ["node_modules/typescript/bin/tsc", "-p", "tests", "--noEmit"]],
  ["unused code", ["node_modules/knip/bin/knip.js"]],
  ["printed schemas", ["hub/dist/main.js", "schema", "--check"]],
  ["error docs", ["hub/dist/main.js", "docs", "--check"]],
];

export function checkHouse() {
  const failed = CHECKS.filter(([name, args]) => {
    console.error(`- ${name}`);
    const [script, ...rest] = args;
    return spawnSync(process.execPath, [join(ROOT, script), ...rest], { cwd: ROOT, stdio: "inherit" }).status !== 0;
  });
  if (failed.length > 0) {
    console.error(`Failed: ${failed.map(([name]) => name).join("; ")}.`);
    process.exit(1);
  }
}
