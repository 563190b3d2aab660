import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ALLIANCE_ENVIRONMENT } from "@alliance-hub/gateway/env";
import { SUBGRAPH_ENVIRONMENT } from "@alliance-hub/shared/server/run-subgraph";
import Ajv from "ajv";
import { parse } from "yaml";

const ROOT = join(__dirname, "../..");
/** The Compose specification's JSON Schema, as the Compose linter brings it. */
const COMPOSE_SCHEMA = join(dirname(require.resolve("dclint/package.json")), "schemas/compose.schema.json");

interface Service {
  command?: string[];
  environment?: Record<string, string>;
  build?: { dockerfile: string };
  volumes?: string[];
  depends_on?: Record<string, unknown>;
}

function readCompose(): { services: Record<string, Service>; volumes: Record<string, unknown> } {
  return parse(readFileSync(join(ROOT, "docker-compose.yml"), "utf8"), { merge: true });
}

describe("docker-compose.yml", () => {
  it("follows the Compose specification", () => {
    // The file names draft 7 with https, by which ajv does not know it; draft 7 is what ajv takes a schema for by itself.
    const { $schema: _dialect, ...schema } = JSON.parse(readFileSync(COMPOSE_SCHEMA, "utf8"));
    const validate = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(schema);
    validate(readCompose());
    expect(validate.errors ?? []).toEqual([]);
  });

  it("starts programs that the build makes", () => {
    const { services } = readCompose();
    for (const { command = [] } of Object.values(services)) {
      for (const program of command) {
        expect(existsSync(join(ROOT, program.replace("/dist/", "/src/").replace(/\.js$/, ".ts")))).toBe(true);
      }
    }
  });

  it("mounts and builds from files of the repository", () => {
    const { services } = readCompose();
    for (const { build, volumes = [] } of Object.values(services)) {
      const files = [
        ...(build === undefined ? [] : [build.dockerfile]),
        ...volumes.filter((volume) => volume.startsWith("./")).map((volume) => volume.split(":")[0] as string),
      ];
      for (const file of files) {
        expect(existsSync(join(ROOT, file))).toBe(true);
      }
    }
  });

  it("gives the gateway variables that it reads, and volumes that are declared", () => {
    const { services, volumes } = readCompose();
    const environment = services["gateway"]?.environment ?? {};
    expect(Object.keys(environment).filter((variable) => !(variable in ALLIANCE_ENVIRONMENT.shape))).toEqual([]);
    const named = Object.values(services)
      .flatMap((service) => service.volumes ?? [])
      .map((volume) => volume.split(":")[0] ?? "")
      .filter((volume) => !volume.startsWith("."));
    expect(named.toSorted()).toEqual(Object.keys(volumes).toSorted());
  });

  it("gives the subgraphs variables that they read, and a database that is created", () => {
    const { services } = readCompose();
    const script = readFileSync(join(ROOT, "deploy/create-databases.sql"), "utf8");
    for (const name of ["organizations", "needs", "projects", "funds"]) {
      const environment = services[name]?.environment ?? {};
      expect(Object.keys(environment).filter((variable) => !(variable in SUBGRAPH_ENVIRONMENT.shape))).toEqual([]);
      expect(environment["DATABASE_URL"]).toMatch(new RegExp(`/${name}$`));
      expect(script).toContain(`CREATE DATABASE ${name};`);
      expect(services["gateway"]?.environment?.[`SUBGRAPH_${name.toUpperCase()}_URL`]).toBe(
        `http://${name}:4001/graphql`,
      );
    }
  });
});
