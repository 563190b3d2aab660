import { graphql } from "relay-runtime";

/** The list, page by page. */
graphql`
  fragment needs_page on Query
  @argumentDefinitions(count: { type: "Int", defaultValue: 37 }, cursor: { type: "String" })
  @refetchable(queryName: "needsPageRefetchQuery") {
    publishedNeeds(first: $count, after: $cursor) @connection(key: "needs_publishedNeeds") {
      totalCount
      edges {
        node {
          id
          title
        }
      }
    }
  }
`;

graphql`
  query needsPageQuery {
    ...needs_page
  }
`;

/** One need, read again by its id alone. */
graphql`
  fragment needs_detail on Need @refetchable(queryName: "needsDetailRefetchQuery") {
    id
    version
    status
    township {
      id
      name
    }
  }
`;

graphql`
  query needsDetailQuery($id: ID!) {
    need(id: $id) {
      ...needs_detail
    }
  }
`;

graphql`
  query needsCountyQuery($code: DivisionCode!, $first: Int) {
    adminDivision(code: $code) {
      id
      name
    }
    publishedNeeds(filter: { divisionPrefix: $code, mode: CASH }, first: $first) {
      nodes {
        id
        township {
          id
          parent {
            id
            name
          }
        }
      }
    }
  }
`;

graphql`
  mutation needsCreateMutation($input: CreateNeedInput!) {
    createNeed(input: $input) {
      need {
        ...needs_detail
      }
    }
  }
`;

graphql`
  mutation needsSubmitMutation($input: SubmitNeedInput!) {
    submitNeed(input: $input) {
      need {
        id
        version
        status
      }
    }
  }
`;

/** The type of the variable is not the field's own: the operation is refused as a whole. */
graphql`
  query needsRefusedQuery($ids: [ID!]!) {
    nodes(ids: $ids) {
      id
    }
  }
`;

graphql`
  query needsBadIdQuery($id: ID!) {
    node(id: $id) @catch(to: RESULT) {
      id
      ... on Need {
        status
      }
    }
  }
`;
