import { startPostgres } from "../../hub/src/postgres/postgres-server";

/** A process that runs PostgreSQL until it is ended, as a hub does. Arguments: data folder, database. Prints the url, then waits. */
async function main(dataDir: string, database: string): Promise<void> {
  const server = await startPostgres({ dataDir, durable: false, log: (line) => process.stderr.write(`${line}\n`) });
  process.once("SIGTERM", () => void server.stop());
  process.stdout.write(`${server.connectionUrl(database)}\n`);
  await server.exited;
}

main(process.argv[2] ?? "", process.argv[3] ?? "postgres").catch((error: Error) => {
  process.stderr.write(`${error.name}: ${error.message}\n`);
  process.exitCode = 1;
});
