import { describeReady } from "./describe-ready";

const HUB = { address: "http://127.0.0.1:4000", place: "/srv/hub/data", hasDemo: true, hasExplorer: true };

describe("describeReady()", () => {
  it("names the endpoint and a query to try", () => {
    const words = describeReady(HUB);
    expect(words).toContain("GraphQL at http://127.0.0.1:4000/graphql");
    const [, body = ""] = words.match(/-d '(.+)'$/) ?? [];
    expect(JSON.parse(body)).toEqual({ query: expect.stringContaining("publishedNeeds") });
  });

  it("asks for what a hub without demo data has, too", () => {
    expect(describeReady({ ...HUB, hasDemo: false })).not.toContain("publishedNeeds");
  });

  it("names the explorer page only where there is one", () => {
    expect(describeReady(HUB)).toContain("Explorer: http://127.0.0.1:4000/ ");
    expect(describeReady({ ...HUB, hasExplorer: false })).not.toContain("Explorer");
  });
});
