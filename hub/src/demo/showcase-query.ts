import type { ExampleQuery } from "@alliance-hub/gateway/http/explorer-page";

/**
 * What the hub is for, in one request: all four subgraphs answer. The README prints the same, and it runs without variables.
 */
export const SHOWCASE_QUERY: ExampleQuery = {
  title: "One graph",
  query: `# For everybody: one request, four services.
# What a county needs, who answers for it, which projects address it, and whose money stands behind it.
query NeedsOfCounty($county: DivisionCode! = "430225") {
  publishedNeeds(filter: { divisionPrefix: $county, mode: CASH, level: FULL }, first: 5) {
    totalCount
    nodes {
      title
      township { name parent { name governingMember } }   # organizations
      projects(first: 3) {                                # projects
        nodes {
          title
          leadOrganization { legalName }
          funding { committed { amountMinor } disbursed { amountMinor } }
        }
      }
      funding {                                           # funds: allocated to this need, by fund
        committed { amountMinor }
        fund {
          name
          donations(first: 2) {                           # and what was donated to that fund
            totalCount
            nodes { amount { amountMinor } donorOrganization { legalName } }
          }
        }
      }
    }
  }
}
`,
};
