import { explainFailure, runProcess } from "@alliance-hub/shared/server/run-process";
import { Command, Option } from "commander";
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
    .option("--yes", "do not ask")
    .action(async (options: { yes?: true }) => {
      const { resetHub } = await import("./commands/reset.command.js");
      await resetHub({ yes: options.yes === true });
    });
  program
    .command("schema")
    .description("print a schema: api (what clients see), supergraph, organizations, needs, projects or funds")
    .argument("[name]", "which schema", "api")
    .option("--write", "write the committed subgraphs/*/schema.graphql instead")
    .option("--check", "fail when a committed schema is not what the code prints")
    .action(async (name: string, options: RawPrintOptions) => {
      const { showSchema } = await import("./commands/schema.command.js");
      await showSchema(name, readPrintChoice(options));
    });
  program
    .command("compose")
    .description("compose subgraphs of a JSON file [{ name, url, sdl }] and print the supergraph or the errors")
    .requiredOption("--subgraphs <file>", "the JSON file")
    .option("--json", "print a JSON object { supergraphSdl, errors }")
    .action(async (options: { subgraphs: string; json?: true }) => {
      const { composeFile } = await import("./commands/compose.command.js");
      composeFile({ subgraphs: options.subgraphs, json: options.json === true });
    });
  program
    .command("docs")
    .description("print docs/errors.md from the code")
    .option("--write", "write the committed page instead")
    .option("--check", "fail when the committed page is not what the code prints")
    .action(async (options: RawPrintOptions) => {
      const { showDocs } = await import("./commands/docs.command.js");
      showDocs(readPrintChoice(options));
    });
  return program;
}

interface RawDemoOptions {
  readonly seed?: string;
  readonly scale?: string;
}

/** A flag that was not given is no property, and help does not say that it is false by default. */
interface RawPrintOptions {
  readonly write?: true;
  readonly check?: true;
}

function readPrintChoice({ write, check }: RawPrintOptions): { write: boolean; check: boolean } {
  return { write: write === true, check: check === true };
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
