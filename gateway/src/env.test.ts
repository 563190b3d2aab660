import { EnvironmentError } from "@alliance-hub/shared/read-environment";
import { readAllianceEnvironment, readGatewayEnvironment } from "./env";

const ADDRESSES = {
  SUBGRAPH_ORGANIZATIONS_URL: "http://organizations:4001/graphql",
  SUBGRAPH_NEEDS_URL: "http://needs:4001/graphql",
  SUBGRAPH_PROJECTS_URL: "https://projects.example/graphql",
  SUBGRAPH_FUNDS_URL: "http://127.0.0.1:4004/graphql",
};

describe("readGatewayEnvironment()", () => {
  it("has a default for everything and needs no subgraph", () => {
    expect(readGatewayEnvironment({})).toEqual({
      PORT: 4000,
      SCHEMA_POLL_MS: 10_000,
      WORKERS: 1,
      HOST: "127.0.0.1",
      LOG_LEVEL: "info",
      CORS_ORIGINS: [],
      REQUEST_TIMEOUT_MS: 30_000,
      MAX_BODY_BYTES: 262_144,
      MAX_COST: 50_000,
      MAX_SUBSCRIPTIONS: 1_000,
      TELL_COST: "false",
      TRUSTED_DOCUMENTS_ONLY: "true",
      AUTOMATIC_PERSISTED_QUERIES: "false",
      OVERRIDE_LABELS: [],
      SHARE_REQUESTS: "true",
      SHARE_FETCHES: "true",
      BATCH_ENTITIES: "true",
      CACHE_HINTS: "true",
      CACHE_MAX_BYTES: 16_777_216,
      CACHE_MAX_SECONDS: 300,
      SHUTDOWN_TIMEOUT_MS: 10_000,
      STARTUP_TIMEOUT_MS: 60_000,
    });
  });

  it("reads a list of origins", () => {
    const { CORS_ORIGINS } = readGatewayEnvironment({ CORS_ORIGINS: "https://a.example, http://localhost:3000,*" });
    expect(CORS_ORIGINS).toEqual(["https://a.example", "http://localhost:3000", "*"]);
  });

  it.each(["https://a.example/", "a.example", "https://a.example/path", "null"])(
    "refuses %j as an origin",
    (origin) => {
      expect(() => readGatewayEnvironment({ CORS_ORIGINS: origin })).toThrow("CORS_ORIGINS is not accepted");
    },
  );
});

describe("readAllianceEnvironment()", () => {
  it("reads the addresses of the four subgraphs", () => {
    expect(readAllianceEnvironment({ ...ADDRESSES, PORT: "0" })).toMatchObject({ ...ADDRESSES, PORT: 0 });
  });

  it("names every problem at once and no value", () => {
    const read = () =>
      readAllianceEnvironment({
        ...ADDRESSES,
        SUBGRAPH_NEEDS_URL: "",
        SUBGRAPH_FUNDS_URL: "ftp://user:hunter2@funds",
        PORT: "eighty",
        EXPLORER: "perhaps",
        REQUEST_TIMEOUT_MS: "-1",
        MAX_BODY_BYTES: "1.5",
      });
    expect(read).toThrow(EnvironmentError);
    for (const line of [
      /SUBGRAPH_NEEDS_URL is missing: where the subgraph needs answers/,
      /SUBGRAPH_FUNDS_URL is not accepted/,
      /PORT is not accepted/,
      /EXPLORER is not accepted/,
      /REQUEST_TIMEOUT_MS is not accepted: .* 100 to 600000/,
      /MAX_BODY_BYTES is not accepted/,
    ]) {
      expect(read).toThrow(line);
    }
    expect(read).not.toThrow(/hunter2|perhaps|eighty/);
  });
});
