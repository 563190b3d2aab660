import { z } from "zod";
import {
  databaseUrlVariable,
  EnvironmentError,
  logLevelVariable,
  nodeEnvironmentVariable,
  portVariable,
  readEnvironment,
} from "./read-environment";

const SCHEMA = z.object({
  PORT: portVariable(4000),
  DATABASE_URL: databaseUrlVariable,
  LOG_LEVEL: logLevelVariable,
  TOKEN: z.string().min(10).optional().describe("at least ten characters"),
});

describe("readEnvironment()", () => {
  it("gives typed values and defaults, and takes an empty variable for unset", () => {
    const values = readEnvironment(SCHEMA, {
      DATABASE_URL: "postgres://u:p@db:5432/needs",
      PORT: "",
      LOG_LEVEL: "debug",
      OTHER: "x",
    });
    expect(values).toEqual({ PORT: 4000, DATABASE_URL: "postgres://u:p@db:5432/needs", LOG_LEVEL: "debug" });
  });

  it("names every problem at once and no value", () => {
    const read = () => readEnvironment(SCHEMA, { PORT: "70000", LOG_LEVEL: "loud", TOKEN: "hunter2" });
    expect(read).toThrow(EnvironmentError);
    expect(read).toThrow(
      [
        "The environment is not complete. Correct it and start again:",
        "  PORT is not accepted: a port, 0 to 65535 (4000)",
        "  DATABASE_URL is missing: the address of a PostgreSQL database, postgres://user:password@host:port/database",
        "  LOG_LEVEL is not accepted: one of fatal, error, warn, info, debug, trace, silent (info)",
        "  TOKEN is not accepted: at least ten characters",
      ].join("\n"),
    );
    expect(read).not.toThrow(/hunter2/);
  });

  it("says what is expected of an optional variable", () => {
    const schema = z.object({ OTHER_URL: databaseUrlVariable.optional() });
    expect(() => readEnvironment(schema, { OTHER_URL: "needs" })).toThrow(
      "OTHER_URL is not accepted: the address of a PostgreSQL database",
    );
  });

  it.each(["http://db/needs", "needs", "mysql://u:p@db/needs"])("refuses %j as a database", (url) => {
    expect(() => readEnvironment(SCHEMA, { DATABASE_URL: url })).toThrow("DATABASE_URL is not accepted");
  });

  it("takes no word that is nearly production", () => {
    const schema = z.object({ NODE_ENV: nodeEnvironmentVariable });
    expect(readEnvironment(schema, { NODE_ENV: "production" })).toEqual({ NODE_ENV: "production" });
    expect(() => readEnvironment(schema, { NODE_ENV: "Production" })).toThrow(
      "production, development, test, or unset",
    );
  });
});
