import { readStreamPreference } from "./stream-preference";

describe("readStreamPreference()", () => {
  it.each([
    [undefined, "never"],
    ["*/*", "never"],
    ["text/*", "never"],
    ["application/json", "never"],
    ["text/event-stream;q=0", "never"],
    ["text/event-streams", "never"],
    ["text/event-stream", "always"],
    ["Text/Event-Stream", "always"],
    ["text/event-stream, application/json;q=0.5", "always"],
    ["text/event-stream;q=0.9, */*;q=0.1", "always"],
    ["application/json, text/event-stream", "subscriptions"],
    ["application/graphql-response+json, text/event-stream;q=0.8", "subscriptions"],
    ["text/event-stream, */*", "subscriptions"],
  ])("takes %j for %s", (accept, preference) => {
    expect(readStreamPreference(accept)).toBe(preference);
  });
});
