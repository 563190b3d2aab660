import { strict as assert } from "node:assert";

/**
 * Runs what one client library does as a program of its own: `node <script> <graphUrl> [more]`. It prints one JSON
 * result. Any surprise is a failure: an error nobody expected, a warning of the library, a promise left behind.
 */
export async function runClientScript(useClient) {
  const warnings = [];
  for (const level of ["warn", "error"]) {
    console[level] = (...parts) => warnings.push(parts.map(String).join(" "));
  }
  process.on("warning", (warning) => warnings.push(String(warning)));
  const result = await useClient(...process.argv.slice(2));
  assert.deepEqual(warnings, [], "the library warned");
  process.stdout.write(JSON.stringify(result));
}

/** A fetch that notes what went over the wire, for all that a library hides. */
export function recordFetch() {
  const requests = [];
  async function fetchAndNote(url, init) {
    const response = await fetch(url, init);
    requests.push({
      method: init.method ?? "GET",
      search: Object.fromEntries(new URL(url).searchParams),
      body: typeof init.body === "string" ? JSON.parse(init.body) : null,
      status: response.status,
      mediaType: response.headers.get("content-type")?.split(";")[0],
    });
    return response;
  }
  return { requests, fetch: fetchAndNote };
}

/** Asks without any library, as another user would whom the client under test knows nothing of. */
export async function askAsSomebodyElse(graphUrl, query, variables) {
  const response = await fetch(graphUrl, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  assert.equal(errors, undefined, JSON.stringify(errors));
  return data;
}
