/**
 * `npm run bench -- composition`: how long composition takes, of federations with many members; with our check and with the
 * library's, each in a thread of its own with limits. Prints a table and writes bench/results/DATE-composition.json.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism, loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { extendedBy, referredBy } from "./generated-federations.mjs";
import { measureLibrary } from "./library-thread.mjs";

const require = createRequire(import.meta.url);
const COMPOSER = fileURLToPath(new URL("../../gateway/dist/composition/composer.js", import.meta.url));
const HELP = `npm run bench -- composition [--smoke]
  Milliseconds to compose: members that extend four shared entities, and members that refer to them by stubs.
  --smoke   small federations only, nothing written`;

const { values } = parseArgs({
  args: process.argv.slice(3),
  options: { smoke: { type: "boolean", default: false }, help: { type: "boolean", short: "h", default: false } },
});

if (values.help) {
  console.log(HELP);
} else {
  await measure(values.smoke);
}

async function measure(isSmoke) {
  const cases = isSmoke
    ? [
        ["extend", extendedBy, 5],
        ["refer", referredBy, 5],
      ]
    : [
        ...[10, 25, 50, 100, 200].map((count) => ["extend", extendedBy, count]),
        ...[100, 1000].map((count) => ["refer", referredBy, count]),
      ];
  const results = [];
  for (const [kind, generate, memberCount] of cases) {
    const result = { kind, memberCount, ...(await measureOurs(generate(memberCount))) };
    result.libraryMs = await measureLibrary(generate(memberCount), isSmoke ? 10_000 : 30_000);
    results.push(result);
    console.log(JSON.stringify(result));
  }
  if (!isSmoke) {
    const folder = fileURLToPath(new URL("../results/", import.meta.url));
    mkdirSync(folder, { recursive: true });
    const what =
      "milliseconds: scratchMs a new thread composes, changeMs the same thread composes again after one member's change (median), " +
      "libraryMs the library alone with its own check in a new thread, null after 30 s";
    const about = { what, node: process.version, processors: availableParallelism(), load: loadavg()[0] };
    const file = `${folder}${new Date().toISOString().slice(0, 10)}-composition.json`;
    writeFileSync(file, `${JSON.stringify({ ...about, results }, null, 2)}\n`);
  }
}

async function measureOurs(subgraphs) {
  const { createComposer } = require(COMPOSER);
  const composer = createComposer({ timeLimitMs: 120_000 });
  try {
    const scratchMs = await time(composer, subgraphs);
    const changes = [];
    for (let round = 0; round < 5; round++) {
      const changed = subgraphs.map((subgraph, index) =>
        index === 1
          ? { ...subgraph, sdl: subgraph.sdl.replace("title: String!", `title: String! round${round}: Int`) }
          : subgraph,
      );
      changes.push(await time(composer, changed));
    }
    return { scratchMs, changeMs: changes.sort((left, right) => left - right)[2] };
  } finally {
    await composer.close();
  }
}

async function time(composer, subgraphs) {
  const startedAt = performance.now();
  const { errors } = await composer.compose(subgraphs);
  if (errors !== undefined) {
    throw new Error(errors.map(({ message }) => message).join("\n"));
  }
  return Math.round(performance.now() - startedAt);
}
