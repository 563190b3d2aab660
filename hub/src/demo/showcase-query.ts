import type { ExampleQuery } from "@alliance-hub/gateway/http/explorer-page";

/**
 * What the hub is for, in one request: all four subgraphs answer. The README prints it, and it runs without variables.
 */
export const SHOWCASE_QUERY: ExampleQuery = {
  title: "One graph",
  query: `# For everybody: one request, four services.
# What a county needs, who answers for it, which projects address it, and whose money stands behind it.
query NeedsOfCounty($county: DivisionCode! = "430225", $first: Int = 8) {
  adminDivision(code: $county) {
    name
    priorityStatus
    liftedOn
    governingMember
  }
  publishedNeeds(filter: { divisionPrefix: $county, mode: CASH }, first: $first) {
    totalCount
    nodes {
      id
      title
      urgency
      publishedAt
      township {
        name
        governingMember
        parent { name }
      }
      coverage {
        level
        requestedValue { amountMinor currency }
        committedValue { amountMinor currency }
      }
      projects(first: 3) {
        nodes {
          title
          status
          leadOrganization {
            legalName
            nameEn
            memberships { memberCode }
          }
          funding {
            committed { amountMinor currency }
            disbursed { amountMinor currency }
          }
        }
      }
      funding {
        reserved { amountMinor currency }
        committed { amountMinor currency }
        disbursed { amountMinor currency }
        fund {
          name
          balances {
            available { amountMinor currency }
          }
          donations(first: 2) {
            totalCount
            nodes {
              kind
              amount { amountMinor currency }
              donorOrganization { nameEn }
            }
          }
        }
      }
    }
  }
}
`,
};
