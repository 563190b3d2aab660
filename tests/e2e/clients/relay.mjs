import { strict as assert } from "node:assert";
import { createRequire } from "node:module";
import { join } from "node:path";
import relay from "relay-runtime";
import { askAsSomebodyElse, recordFetch, runClientScript } from "./client-script.mjs";
import * as operations from "./need-operations.mjs";

const loadArtifact = createRequire(import.meta.url);

function openEnvironment(graphUrl, { accept = operations.MEDIA_TYPES[1], wire = recordFetch() } = {}) {
  const network = relay.Network.create(async ({ text, name }, variables) => {
    const response = await wire.fetch(graphUrl, {
      method: "POST",
      headers: { "content-type": "application/json", accept },
      body: JSON.stringify({ query: text, operationName: name, variables }),
    });
    return response.json();
  });
  return new relay.Environment({ network, store: new relay.Store(new relay.RecordSource()) });
}

/** The fragment of a row or a root as the store alone tells it. */
function readFragment(environment, fragment, reference) {
  const { data, isMissingData } = environment.lookup(relay.getSingularSelector(fragment, reference));
  assert.equal(isMissingData, false, `${fragment.name} is not whole in the store`);
  return data;
}

function openOperations(artifactFolder, graphUrl) {
  const load = (name) => loadArtifact(join(artifactFolder, `${name}.graphql.js`));
  const detail = load("needs_detail");

  function query(environment, name, variables) {
    return relay.fetchQuery(environment, load(name), variables).toPromise();
  }

  function mutate(environment, name, variables) {
    return new Promise((resolve, reject) => {
      relay.commitMutation(environment, {
        mutation: load(name),
        variables,
        onCompleted: (data, errors) => (errors ? reject(new Error(JSON.stringify(errors))) : resolve(data)),
        onError: reject,
      });
    });
  }

  async function createNeed(environment) {
    const { createNeed: payload } = await mutate(environment, "needsCreateMutation", operations.createNeedVariables());
    return { reference: payload.need, need: readFragment(environment, detail, payload.need) };
  }

  return {
    query,

    /** As `loadNext` of a pagination fragment does: the page is asked for by the generated query, the store joins the pages. */
    async walkNeeds() {
      const wire = recordFetch();
      const environment = openEnvironment(graphUrl, { wire });
      const fragment = load("needs_page");
      const { paginationRequest, paginationMetadata, connectionPathInFragmentData } = relay.getPaginationMetadata(
        fragment,
        "walkNeeds()",
      );
      const reference = await query(environment, "needsPageQuery", {});
      for (let readRows = -1; ; ) {
        const data = readFragment(environment, fragment, reference);
        const { edges, pageInfo, totalCount } = connectionPathInFragmentData.reduce((part, key) => part[key], data);
        assert(edges.length > readRows, "the page brought no row");
        if (!pageInfo.hasNextPage) {
          return { ids: edges.map(({ node }) => node.id), totalCount, pageInfo, requests: wire.requests.length };
        }
        const variables = relay.getPaginationVariables(
          "forward",
          operations.PAGE_SIZE,
          pageInfo.endCursor,
          {},
          {},
          paginationMetadata,
        );
        await relay.fetchQuery(environment, paginationRequest, variables).toPromise();
        readRows = edges.length;
      }
    },

    async submitNeed() {
      const environment = openEnvironment(graphUrl);
      const { need, reference } = await createNeed(environment);
      await mutate(environment, "needsSubmitMutation", operations.submitNeedVariables(need));
      return { id: need.id, before: need.status, after: readFragment(environment, detail, reference).status };
    },

    /** By the query that the compiler made of the fragment: `node(id)` with an inline fragment. */
    async refetchNeed() {
      const environment = openEnvironment(graphUrl);
      const { need, reference } = await createNeed(environment);
      await askAsSomebodyElse(graphUrl, operations.SUBMIT_NEED, operations.submitNeedVariables(need));
      const before = readFragment(environment, detail, reference).status;
      const { refetchableRequest, identifierInfo } = relay.getRefetchMetadata(detail, "refetchNeed()");
      await relay
        .fetchQuery(environment, refetchableRequest, { [identifierInfo.identifierQueryVariableName]: need.id })
        .toPromise();
      return {
        before,
        after: readFragment(environment, detail, reference).status,
        text: refetchableRequest.params.text,
      };
    },

    async collectErrors(accept) {
      const wire = recordFetch();
      const environment = openEnvironment(graphUrl, { accept, wire });
      const { node } = await query(environment, "needsBadIdQuery", operations.BAD_ID);
      const refused = await query(environment, "needsRefusedQuery", { ids: null }).then(
        () => assert.fail("the refusal did not arrive"),
        (error) => error,
      );
      assert(refused.source !== undefined, String(refused));
      return {
        field: { caught: node },
        request: { errors: refused.source.errors },
        wire: wire.requests.map(({ status, mediaType }) => [status, mediaType]),
      };
    },
  };
}

await runClientScript(async (graphUrl, artifactFolder) => {
  const { query, walkNeeds, submitNeed, refetchNeed, collectErrors } = openOperations(artifactFolder, graphUrl);
  return {
    county: await query(openEnvironment(graphUrl), "needsCountyQuery", operations.COUNTY_VARIABLES),
    walk: await walkNeeds(),
    mutation: await submitNeed(),
    refetch: await refetchNeed(),
    errors: [await collectErrors(operations.MEDIA_TYPES[0]), await collectErrors(operations.MEDIA_TYPES[1])],
  };
});
