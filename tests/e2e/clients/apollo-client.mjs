import { strict as assert } from "node:assert";
import { createHash } from "node:crypto";
import { ApolloClient, ApolloLink, CombinedGraphQLErrors, gql, HttpLink, InMemoryCache } from "@apollo/client";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";
import { relayStylePagination } from "@apollo/client/utilities";
import { filter, firstValueFrom } from "rxjs";
import { askAsSomebodyElse, recordFetch, runClientScript } from "./client-script.mjs";
import * as operations from "./need-operations.mjs";

const NEEDS_PAGE = gql(operations.NEEDS_PAGE);
const NEED = gql(operations.NEED);
const NEED_BY_NODE = gql(operations.NEED_BY_NODE);

async function readPossibleTypes(graphUrl) {
  const { __schema } = await askAsSomebodyElse(graphUrl, "{ __schema { types { name possibleTypes { name } } } }");
  return Object.fromEntries(
    __schema.types
      .filter(({ possibleTypes }) => possibleTypes !== null)
      .map(({ name, possibleTypes }) => [name, possibleTypes.map((type) => type.name)]),
  );
}

async function openClient(graphUrl, { accept, link, wire = recordFetch() } = {}) {
  const http = new HttpLink({ uri: graphUrl, fetch: wire.fetch, headers: accept === undefined ? {} : { accept } });
  return new ApolloClient({
    link: link === undefined ? http : ApolloLink.from([link, http]),
    cache: new InMemoryCache({
      possibleTypes: await readPossibleTypes(graphUrl),
      typePolicies: { Query: { fields: { publishedNeeds: relayStylePagination(["filter"]) } } },
    }),
  });
}

async function walkNeeds(graphUrl) {
  const wire = recordFetch();
  const client = await openClient(graphUrl, { wire });
  const watched = client.watchQuery({ query: NEEDS_PAGE, variables: { first: operations.PAGE_SIZE } });
  const subscription = watched.subscribe();
  let { data } = await firstValueFrom(watched.pipe(filter(({ dataState }) => dataState === "complete")));
  while (data.publishedNeeds.pageInfo.hasNextPage) {
    const { endCursor } = data.publishedNeeds.pageInfo;
    await watched.fetchMore({ variables: { after: endCursor } });
    data = client.readQuery({ query: NEEDS_PAGE, variables: { first: operations.PAGE_SIZE } });
    assert.notEqual(data.publishedNeeds.pageInfo.endCursor, endCursor);
  }
  subscription.unsubscribe();
  const { edges, totalCount, pageInfo } = data.publishedNeeds;
  return { ids: edges.map(({ node }) => node.id), totalCount, pageInfo, requests: wire.requests.length };
}

/** The status that the cache alone tells. */
function cachedStatus(client, { id }) {
  return client.readQuery({ query: NEED, variables: { id } })?.need.status;
}

async function createNeed(client) {
  const { data } = await client.mutate({
    mutation: gql(operations.CREATE_NEED),
    variables: operations.createNeedVariables(),
  });
  const { need } = data.createNeed;
  await client.query({ query: NEED, variables: { id: need.id } });
  return need;
}

async function submitNeed(client) {
  const need = await createNeed(client);
  const before = cachedStatus(client, need);
  await client.mutate({ mutation: gql(operations.SUBMIT_NEED), variables: operations.submitNeedVariables(need) });
  return { id: need.id, before, after: cachedStatus(client, need) };
}

async function refetchNeed(client, graphUrl) {
  const need = await createNeed(client);
  await askAsSomebodyElse(graphUrl, operations.SUBMIT_NEED, operations.submitNeedVariables(need));
  const before = cachedStatus(client, need);
  const { data } = await client.query({
    query: NEED_BY_NODE,
    variables: { id: need.id },
    fetchPolicy: "network-only",
  });
  return { before, node: data.node, after: cachedStatus(client, need) };
}

async function collectErrors(graphUrl, accept) {
  const wire = recordFetch();
  const client = await openClient(graphUrl, { accept, wire });
  const field = await client.query({ query: NEED_BY_NODE, variables: operations.BAD_ID, errorPolicy: "all" });
  assert(CombinedGraphQLErrors.is(field.error), String(field.error));
  const request = await client
    .query({ query: NEEDS_PAGE, variables: operations.BAD_VARIABLES })
    .catch((error) => error);
  assert(CombinedGraphQLErrors.is(request), String(request));
  return {
    field: { data: field.data, errors: field.error.errors },
    request: { errors: request.errors },
    wire: wire.requests.map(({ status, mediaType }) => [status, mediaType]),
  };
}

/** @returns for each request, what it held of the document: its hash or itself */
async function sendHashes(graphUrl, accept, useGETForHashedQueries) {
  const wire = recordFetch();
  const link = new PersistedQueryLink({
    sha256: (text) => createHash("sha256").update(text).digest("hex"),
    useGETForHashedQueries,
  });
  const preflight = new ApolloLink((operation, forward) => {
    operation.setContext(({ headers }) => ({ headers: { ...headers, "apollo-require-preflight": "true" } }));
    return forward(operation);
  });
  const client = await openClient(graphUrl, { accept, wire, link: ApolloLink.from([preflight, link]) });
  const { data } = await client.query({ query: gql(operations.COUNTY), variables: operations.COUNTY_VARIABLES });
  assert.equal(data.publishedNeeds.nodes.length, operations.COUNTY_VARIABLES.first);
  await client.query({ query: NEEDS_PAGE, variables: { first: 1 } });
  return wire.requests.map(({ method, search, body, status }) => {
    const sent = body ?? search;
    return { method, status, sent: sent.query === undefined ? "hash" : "document" };
  });
}

await runClientScript(async (graphUrl) => {
  const client = await openClient(graphUrl);
  const county = await client.query({ query: gql(operations.COUNTY), variables: operations.COUNTY_VARIABLES });
  const [json, responseJson] = operations.MEDIA_TYPES;
  return {
    county: county.data,
    walk: await walkNeeds(graphUrl),
    mutation: await submitNeed(client),
    refetch: await refetchNeed(client, graphUrl),
    errors: [await collectErrors(graphUrl, json), await collectErrors(graphUrl, responseJson)],
    hashes: {
      byDefault: await sendHashes(graphUrl, undefined, false),
      inOldMediaType: await sendHashes(graphUrl, json, false),
      byGet: await sendHashes(graphUrl, undefined, true),
    },
  };
});
