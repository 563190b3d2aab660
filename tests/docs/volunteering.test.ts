import { readFileSync } from "node:fs";
import { join } from "node:path";
import { composeSupergraph } from "@alliance-hub/gateway/composition/compose-supergraph";
import { PROJECTS_SUBGRAPH } from "@alliance-hub/projects/subgraph";
import { newRow } from "@alliance-hub/shared/database/owned-row";
import { makeGlobalId } from "@alliance-hub/shared/global-id";
import { type SubgraphServer, serveSubgraph } from "@alliance-hub/shared/server/serve-subgraph";
import { buildDefinedSchema, createSubgraph, type Subgraph } from "@alliance-hub/shared/server/subgraph";
import { pino } from "pino";
import { createTestDatabase, type TestDatabase } from "../kit/test-database";
import { VOLUNTEERING_SUBGRAPH, VolunteerShift } from "./volunteering";

const NOW = new Date("2026-11-01T00:00:00.000Z");
const PROJECT_ID = makeGlobalId("caring-volunteers", "Project");

describe("a member's own subgraph as shared/README.md shows it", () => {
  let database: TestDatabase;
  let subgraph: Subgraph;
  let server: SubgraphServer;

  beforeAll(async () => {
    database = await createTestDatabase("volunteering");
    subgraph = await createSubgraph(VOLUNTEERING_SUBGRAPH, {
      databaseUrl: database.url,
      log: pino({ level: "silent" }),
    });
    server = await serveSubgraph(subgraph, { host: "127.0.0.1", port: 0 });
    await subgraph.database.manager.insert(VolunteerShift, {
      ...newRow(makeGlobalId("caring-volunteers", "VolunteerShift"), "caring-volunteers", NOW),
      projectId: PROJECT_ID,
      day: "2026-11-07",
      volunteers: 12,
    });
  });

  afterAll(async () => {
    await server.close();
    await database.drop();
  });

  it("is the example of the README, word for word", () => {
    const readme = readFileSync(join(__dirname, "../../shared/README.md"), "utf8");
    expect(readme).toContain(readFileSync(join(__dirname, "volunteering.ts"), "utf8"));
  });

  it("adds its field to projects over HTTP", async () => {
    const response = await fetch(server.url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        query: `query ($of: [_Any!]!) {
          _entities(representations: $of) { ... on Project { caring_volunteers_shifts { day volunteers ownerMember } } }
        }`,
        variables: { of: [{ __typename: "Project", id: PROJECT_ID }] },
      }),
    });
    expect(await response.json()).toEqual({
      data: {
        _entities: [
          { caring_volunteers_shifts: [{ day: "2026-11-07", volunteers: 12, ownerMember: "caring-volunteers" }] },
        ],
      },
    });
  });

  it("composes with the shared projects", async () => {
    const { sdl } = await buildDefinedSchema(PROJECTS_SUBGRAPH);
    const { supergraphSdl, errors } = composeSupergraph(
      [
        { name: "projects", url: "http://projects.example/graphql", sdl },
        { name: "volunteering", url: server.url, sdl: subgraph.sdl },
      ],
      { node: true },
    );
    expect(errors).toBeUndefined();
    expect(supergraphSdl).toContain("caring_volunteers_shifts");
  });
});
