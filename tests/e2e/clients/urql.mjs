import { strict as assert } from "node:assert";
import { Client, fetchExchange } from "@urql/core";
import { cacheExchange } from "@urql/exchange-graphcache";
import { relayPagination } from "@urql/exchange-graphcache/extras";
import { getIntrospectionQuery } from "graphql";
import { askAsSomebodyElse, recordFetch, runClientScript } from "./client-script.mjs";
import * as operations from "./need-operations.mjs";

/** A page of another site cannot send this, so the hub takes GET with it. */
const FETCH_OPTIONS = { headers: { "x-hub-request": "1" } };

function openClient(graphUrl, schema, { wire = recordFetch(), ...options } = {}) {
  const cache = cacheExchange({ schema, resolvers: { Query: { publishedNeeds: relayPagination() } } });
  return new Client({
    url: graphUrl,
    fetch: wire.fetch,
    exchanges: [cache, fetchExchange],
    fetchOptions: FETCH_OPTIONS,
    ...options,
  });
}

async function run(promise) {
  const { data, error } = await promise;
  assert.equal(error, undefined, String(error));
  return data;
}

async function walkNeeds(graphUrl, schema) {
  const wire = recordFetch();
  const client = openClient(graphUrl, schema, { wire });
  const first = operations.PAGE_SIZE;
  let data = await run(client.query(operations.NEEDS_PAGE, { first }));
  while (data.publishedNeeds.pageInfo.hasNextPage) {
    const { endCursor } = data.publishedNeeds.pageInfo;
    data = await run(client.query(operations.NEEDS_PAGE, { first, after: endCursor }));
    assert.notEqual(data.publishedNeeds.pageInfo.endCursor, endCursor);
  }
  const { edges, totalCount, pageInfo } = data.publishedNeeds;
  return { ids: edges.map(({ node }) => node.id), totalCount, pageInfo, requests: wire.requests.length };
}

/** The status that the cache alone tells. */
function cachedStatus(client, { id }) {
  return client.readQuery(operations.NEED, { id }, { requestPolicy: "cache-only" })?.data?.need.status;
}

async function createNeed(client) {
  const data = await run(client.mutation(operations.CREATE_NEED, operations.createNeedVariables()));
  const { need } = data.createNeed;
  await run(client.query(operations.NEED, { id: need.id }));
  return need;
}

async function submitNeed(client) {
  const need = await createNeed(client);
  const before = cachedStatus(client, need);
  await run(client.mutation(operations.SUBMIT_NEED, operations.submitNeedVariables(need)));
  return { id: need.id, before, after: cachedStatus(client, need) };
}

async function refetchNeed(client, graphUrl) {
  const need = await createNeed(client);
  await askAsSomebodyElse(graphUrl, operations.SUBMIT_NEED, operations.submitNeedVariables(need));
  const before = cachedStatus(client, need);
  const { node } = await run(client.query(operations.NEED_BY_NODE, { id: need.id }, { requestPolicy: "network-only" }));
  return { before, node, after: cachedStatus(client, need) };
}

function toPlainErrors({ networkError, graphQLErrors }) {
  assert.equal(networkError, undefined, String(networkError));
  return graphQLErrors.map(({ message, path, extensions }) => ({ message, path, extensions }));
}

async function collectErrors(graphUrl, schema, accept) {
  const wire = recordFetch();
  const client = openClient(graphUrl, schema, { wire, preferGetMethod: false, fetchOptions: { headers: { accept } } });
  const field = await client.query(operations.NEED_BY_NODE, operations.BAD_ID);
  const request = await client.query(operations.NEEDS_PAGE, operations.BAD_VARIABLES);
  return {
    field: { data: field.data, errors: toPlainErrors(field.error) },
    request: { data: request.data, errors: toPlainErrors(request.error) },
    wire: wire.requests.map(({ status, mediaType }) => [status, mediaType]),
  };
}

/** urql sends short queries by GET and without any header that a page of another site could not send. */
async function askWithoutSettings(graphUrl, schema) {
  const wire = recordFetch();
  const client = openClient(graphUrl, schema, { wire, fetchOptions: undefined });
  const { error } = await client.query(operations.COUNTY, operations.COUNTY_VARIABLES);
  return { errors: toPlainErrors(error), wire: wire.requests.map(({ method, status }) => [method, status]) };
}

await runClientScript(async (graphUrl) => {
  const schema = await askAsSomebodyElse(graphUrl, getIntrospectionQuery());
  const wire = recordFetch();
  const client = openClient(graphUrl, schema, { wire });
  const county = await run(client.query(operations.COUNTY, operations.COUNTY_VARIABLES));
  const mutation = await submitNeed(client);
  return {
    county,
    walk: await walkNeeds(graphUrl, schema),
    mutation,
    methods: wire.requests.map(({ method, status }) => [method, status]),
    refetch: await refetchNeed(client, graphUrl),
    errors: [
      await collectErrors(graphUrl, schema, operations.MEDIA_TYPES[0]),
      await collectErrors(graphUrl, schema, operations.MEDIA_TYPES[1]),
    ],
    withoutSettings: await askWithoutSettings(graphUrl, schema),
  };
});
