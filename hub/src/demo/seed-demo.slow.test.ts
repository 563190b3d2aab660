import { type AllianceUnderTest, openAlliance } from "@alliance-hub/tests/kit/alliance-under-test";
import { checkDemo } from "./checks/check-demo";
import { seedDemo } from "./seed-demo";

describe("seedDemo()", () => {
  let alliance: AllianceUnderTest;

  beforeAll(async () => {
    alliance = await openAlliance();
  });

  afterAll(() => alliance.close());

  it("loads ten times the data, and every rule holds", async () => {
    await seedDemo({ subgraphs: alliance.subgraphs, seed: "another", scale: 10 });
    expect(await checkDemo(alliance.subgraphs)).toEqual([]);
    const [row] = await alliance.subgraphs.needs.database.query("SELECT count(*)::int AS count FROM need");
    expect(row).toEqual({ count: 3_600 });
  }, 120_000);
});
