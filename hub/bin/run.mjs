/**
 * Tasks of a checkout, each of which first prepares it:
 *   gateway [options]         the gateway as its own process
 *   subgraph NAME [options]   one subgraph as its own process
 *   test [--fast] [args]      the test suite; arguments go to jest
 *   check                     everything that CI checks beside the tests
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { checkHouse } from "./check.mjs";
import { prepare, ROOT, run } from "./prepare.mjs";

const [task, ...args] = process.argv.slice(2);

switch (task) {
  case "gateway":
    prepare();
    await hand(join(ROOT, "gateway/dist/main.js"), args);
    break;
  case "subgraph":
    await runSubgraph(args);
    break;
  case "test":
    prepare();
    runTests(args);
    break;
  case "check":
    prepare();
    checkHouse();
    break;
  default:
    console.error("Say which task: gateway, subgraph, test or check.");
    process.exit(2);
}

/** The program sees its own name and arguments, as if it had been started directly. */
async function hand(program, programArgs) {
  process.argv = [process.argv[0], program, ...programArgs];
  await import(pathToFileURL(program).href);
}

async function runSubgraph([name, ...rest]) {
  const names = readdirSync(join(ROOT, "subgraphs")).sort();
  const usage = `npm run subgraph -- ${names.join(" | ")}`;
  if (name === "--help" || name === "-h") {
    console.log(`One shared subgraph as its own process: ${usage}\nEach says with --help which variables it reads.`);
    return;
  }
  if (name === undefined || !names.includes(name)) {
    console.error(`Say which subgraph: ${usage}`);
    process.exit(2);
  }
  prepare();
  await hand(join(ROOT, "subgraphs", name, "dist/main.js"), rest);
}

function runTests(testArgs) {
  const isFast = testArgs.includes("--fast");
  const jestArgs = testArgs.filter((arg) => arg !== "--fast");
  run(process.execPath, [join(ROOT, "node_modules/jest/bin/jest.js"), ...jestArgs], "Tests failed.", {
    env: { ...process.env, ...(isFast ? { TEST_LANE: "fast" } : {}) },
  });
}
