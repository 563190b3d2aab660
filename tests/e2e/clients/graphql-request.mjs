import { strict as assert } from "node:assert";
import { ClientError, GraphQLClient } from "graphql-request";
import { askAsSomebodyElse, recordFetch, runClientScript } from "./client-script.mjs";
import * as operations from "./need-operations.mjs";

async function walkNeeds(client) {
  const ids = [];
  for (let after = null, requests = 1; ; requests++) {
    const { publishedNeeds } = await client.request(operations.NEEDS_PAGE, { first: operations.PAGE_SIZE, after });
    const { edges, totalCount, pageInfo } = publishedNeeds;
    ids.push(...edges.map(({ node }) => node.id));
    if (!pageInfo.hasNextPage) {
      return { ids, totalCount, pageInfo, requests };
    }
    assert.notEqual(pageInfo.endCursor, after);
    after = pageInfo.endCursor;
  }
}

async function readStatus(client, { id }) {
  const { need } = await client.request(operations.NEED, { id });
  return need.status;
}

async function createNeed(client) {
  const { createNeed: payload } = await client.request(operations.CREATE_NEED, operations.createNeedVariables());
  return payload.need;
}

async function submitNeed(client) {
  const need = await createNeed(client);
  const before = await readStatus(client, need);
  await client.request(operations.SUBMIT_NEED, operations.submitNeedVariables(need));
  return { id: need.id, before, after: await readStatus(client, need) };
}

async function refetchNeed(client, graphUrl) {
  const need = await createNeed(client);
  const before = await readStatus(client, need);
  await askAsSomebodyElse(graphUrl, operations.SUBMIT_NEED, operations.submitNeedVariables(need));
  const { node } = await client.request(operations.NEED_BY_NODE, { id: need.id });
  return { before, node, after: await readStatus(client, need) };
}

async function collectErrors(graphUrl, accept) {
  const wire = recordFetch();
  const client = new GraphQLClient(graphUrl, { fetch: wire.fetch, headers: { accept } });
  const field = await client.request(operations.NEED_BY_NODE, operations.BAD_ID).catch((error) => error);
  const request = await client.request(operations.NEEDS_PAGE, operations.BAD_VARIABLES).catch((error) => error);
  for (const error of [field, request]) {
    assert(error instanceof ClientError, String(error));
  }
  const lenient = new GraphQLClient(graphUrl, { fetch: wire.fetch, headers: { accept }, errorPolicy: "all" });
  const partial = await lenient.rawRequest(operations.NEED_BY_NODE, operations.BAD_ID);
  return {
    field: { data: partial.data, errors: field.response.errors },
    request: { data: request.response.data, errors: request.response.errors },
    wire: wire.requests.map(({ status, mediaType }) => [status, mediaType]).slice(0, 2),
  };
}

/** By GET, with the header that the hub wants of it. */
async function askByGet(graphUrl) {
  const wire = recordFetch();
  const client = new GraphQLClient(graphUrl, { method: "GET", fetch: wire.fetch, headers: { "x-hub-request": "1" } });
  const county = await client.request(operations.COUNTY, operations.COUNTY_VARIABLES);
  return { county, wire: wire.requests.map(({ method, status }) => [method, status]) };
}

await runClientScript(async (graphUrl) => {
  const client = new GraphQLClient(graphUrl);
  return {
    county: await client.request(operations.COUNTY, operations.COUNTY_VARIABLES),
    walk: await walkNeeds(client),
    mutation: await submitNeed(client),
    refetch: await refetchNeed(client, graphUrl),
    errors: [
      await collectErrors(graphUrl, operations.MEDIA_TYPES[0]),
      await collectErrors(graphUrl, operations.MEDIA_TYPES[1]),
    ],
    byGet: await askByGet(graphUrl),
  };
});
