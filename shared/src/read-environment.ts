import { z } from "zod";
import { StartError } from "./server/start-error";

/** The environment does not say what a process needs to know. Lists every problem at once, never a value: some are secret. */
export class EnvironmentError extends StartError {
  override readonly name = "EnvironmentError";
}

/**
 * Reads the variables that a schema names; each field's description says what is expected. An empty variable counts as unset.
 * @throws EnvironmentError
 */
export function readEnvironment<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  environment: Readonly<Record<string, string | undefined>>,
): z.infer<z.ZodObject<Shape>> {
  const given = Object.fromEntries(
    Object.keys(schema.shape).flatMap((name) => {
      const value = environment[name];
      return value === undefined || value === "" ? [] : [[name, value]];
    }),
  );
  const outcome = schema.safeParse(given);
  if (outcome.success) {
    return outcome.data;
  }
  const names = [...new Set(outcome.error.issues.map((issue) => String(issue.path[0])))];
  const lines = names.map(
    (name) => `  ${name} ${name in given ? "is not accepted" : "is missing"}: ${expectationOf(schema, name)}`,
  );
  throw new EnvironmentError(`The environment is not complete. Correct it and start again:\n${lines.join("\n")}`);
}

function expectationOf<Shape extends z.ZodRawShape>(schema: z.ZodObject<Shape>, name: string): string {
  const field = schema.shape[name] as unknown as z.ZodType | undefined;
  // A description belongs to the schema it was given to: `optional()` makes a new one without it.
  const named = field instanceof z.ZodOptional && field.description === undefined ? field.unwrap() : field;
  return (named as z.ZodType | undefined)?.description ?? "see the documentation";
}

/** A TCP port from text; 0 lets the system choose. */
export function portVariable(defaultPort: number) {
  return z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(defaultPort)
    .describe(`a port, 0 to 65535 (${defaultPort})`);
}

/** A postgres:// address. */
export const databaseUrlVariable = z
  .url({ protocol: /^postgres(?:ql)?$/ })
  .describe("the address of a PostgreSQL database, postgres://user:password@host:port/database");

/** How much is logged. */
export const logLevelVariable = z
  .enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"])
  .default("info")
  .describe("one of fatal, error, warn, info, debug, trace, silent (info)");

/** What guards the open demo: a word that is nearly "production" is refused, not taken for a place to try things out. */
export const nodeEnvironmentVariable = z
  .enum(["production", "development", "test"])
  .optional()
  .describe("production, development, test, or unset");
