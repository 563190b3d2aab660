import { explainFailure, runProcess } from "@alliance-hub/shared/server/run-process";
import { Command, Option } from "commander";
import type { ComposeChoice } from "./commands/compose.command";
import type { DemoChoice } from "./commands/fill-demo";
import type { StartChoice } from "./commands/start.command";

/** Commands load what they need when they run: `hub --help` answers without PostgreSQL, TypeORM or the planner. */
function buildProgram(): Command {
  const program = new Command("hub")
    .description("The whole alliance in one process, and its tools.")
    .addHelpText(
      "after",
      "\nEnvironment: PORT (4000), HOST, HUB_DATA (./data), *_DATABASE_URL, LOG_LEVEL, CORS_ORIGINS.",
    )
    .showHelpAfterError("(hub --help lists the commands)");
  const seed = new Option("--seed <text>", "demo data is the same for the same seed (default: zhuzhou)");
  const scale = new Option("--scale <factor>", "how much demo data (default: 1)").choices(["1", "10", "100"]);

  program
    .command("start")
    .description("start database, subgraphs and gateway; on the first start fill in demo data")
    .addOption(seed)
    .addOption(scale)
    .option("--no-demo", "no demo data, and nobody may change anything")
    .action(async (options: RawDemoOptions & { demo: boolean }) => {
      const { startHub } = await import("./commands/start.command.js");
      const choice: StartChoice = { ...readDemoChoice(options), demo: options.demo };
      await runProcess((stopping) => startHub(choice, stopping));
    });
  program
    .command("seed")
    .description("fill in demo data without starting the graph")
    .addOption(seed)
    .addOption(scale)
    .action(async (options: RawDemoOptions) => {
      const { seedHub } = await import("./commands/seed.command.js");
      await seedHub(readDemoChoice(options));
    });
  program
    .command("reset")
    .description("remove the hub's own database; asks first")
    .option("--yes", "do not ask", false)
    .action(async (options: { yes: boolean }) => {
      const { resetHub } = await import("./commands/reset.command.js");
      await resetHub(options);
    });
  program
    .command("schema")
    .description("print a schema: api (what clients see), supergraph, organizations, needs, projects or funds")
    .argument("[name]", "which schema", "api")
    .option("--write", "write the committed subgraphs/*/schema.graphql instead", false)
    .option("--check", "fail when a committed schema is not what the code prints", false)
    .action(async (name: string, options: { write: boolean; check: boolean }) => {
      const { showSchema } = await import("./commands/schema.command.js");
      await showSchema(name, options);
    });
  program
    .command("compose")
    .description("compose subgraphs of a JSON file [{ name, url, sdl }] and print the supergraph or the errors")
    .requiredOption("--subgraphs <file>", "the JSON file")
    .option("--json", "print a JSON object { supergraphSdl, errors }", false)
    .action(async (options: ComposeChoice) => {
      const { composeFile } = await import("./commands/compose.command.js");
      composeFile(options);
    });
  program
    .command("docs")
    .description("print docs/errors.md from the code")
    .option("--write", "write the committed page instead", false)
    .option("--check", "fail when the committed page is not what the code prints", false)
    .action(async (options: { write: boolean; check: boolean }) => {
      const { showDocs } = await import("./commands/docs.command.js");
      showDocs(options);
    });
  return program;
}

interface RawDemoOptions {
  readonly seed?: string;
  readonly scale?: string;
}

function readDemoChoice({ seed, scale }: RawDemoOptions): DemoChoice {
  return { seed, scale: scale === undefined ? undefined : (Number(scale) as DemoChoice["scale"]) };
}

buildProgram()
  .parseAsync()
  .catch((error: unknown) => {
    process.stderr.write(`${explainFailure(error)}\n`);
    process.exitCode = 1;
  });
