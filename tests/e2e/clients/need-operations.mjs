/** What every client asks. */

export const COUNTY = `
  query County($code: DivisionCode!, $first: Int) {
    adminDivision(code: $code) { id name }
    publishedNeeds(filter: { divisionPrefix: $code, mode: CASH }, first: $first) {
      nodes { id township { id parent { id name } } }
    }
  }`;

export const COUNTY_VARIABLES = { code: "430225", first: 3 };

export const NEEDS_PAGE = `
  query NeedsPage($first: Int!, $after: String) {
    publishedNeeds(first: $first, after: $after) {
      totalCount
      edges { cursor node { id title status } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }`;

/** Leaves an odd rest on the last page. */
export const PAGE_SIZE = 37;

export const NEED = `query OneNeed($id: ID!) { need(id: $id) { id version status } }`;

export const NEED_BY_NODE = `
  query NeedByNode($id: ID!) { node(id: $id) { __typename id ... on Need { version status } } }`;

export const CREATE_NEED = `
  mutation CreateNeed($input: CreateNeedInput!) { createNeed(input: $input) { need { id version status } } }`;

export const SUBMIT_NEED = `
  mutation SubmitNeed($input: SubmitNeedInput!) { submitNeed(input: $input) { need { id version status } } }`;

export function createNeedVariables() {
  return {
    input: {
      owner: "yanling-county",
      subject: { villageCode: "430225102222" },
      category: "LIVING_MATERIALS",
      urgency: "NORMAL",
      items: [{ mode: "IN_KIND", unit: "KG", unitValue: { amountMinor: "600", currency: "CNY" }, requested: "12.5" }],
    },
  };
}

export function submitNeedVariables({ id, version }) {
  return { input: { id, expectedVersion: version } };
}

/** Of no row's form: a field that can be null fails, so the answer has data and an error. */
export const BAD_ID = { id: "nonsense" };

/** Not of the variable's type: the operation is not executed, so the answer has no data. */
export const BAD_VARIABLES = { first: "many" };

export const MEDIA_TYPES = ["application/json", "application/graphql-response+json"];
