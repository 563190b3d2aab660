import type { ExampleQuery } from "@alliance-hub/gateway/http/explorer-page";
import { SHOWCASE_QUERY } from "./showcase-query";

/** Tabs of the explorer: one for each kind of user. Each answers with rows of the demo data; the first is the README's. */
export const EXAMPLE_QUERIES: readonly ExampleQuery[] = [
  SHOWCASE_QUERY,
  {
    title: "Visitor",
    query: `# For the public: who belongs to the alliance, what was given, and where it went. Amounts are in fen.
query WhereTheMoneyGoes {
  organizations(filter: { membershipStatus: ACTIVE }, first: 10) {
    totalCount
    nodes {
      legalName
      nameEn
      type
      scale
    }
  }
  funds(first: 4) {
    nodes {
      name
      kind
      manager { nameEn }
      balances {
        available { amountMinor }
        committed { amountMinor }
        spent { amountMinor }
        goods { amountMinor }
      }
    }
  }
  projects(first: 12) {
    totalCount
    nodes {
      title
      summary
      status
    }
  }
}
`,
  },
  {
    title: "Chamber",
    query: `# For a chamber of commerce or a volunteer federation: goods that are missing near you and that nobody has promised yet.
query OpenNeedsNearby($area: DivisionCode! = "430225") {
  publishedNeeds(filter: { divisionPrefix: $area, mode: IN_KIND, level: NONE }, first: 10) {
    totalCount
    nodes {
      id
      title
      publicDescription
      expiresAt
      township { code name }
      items {
        mode
        itemCode
        unit
        requested
        remaining
        unitValue { amountMinor currency }
        acceptsSubstitutes
      }
    }
  }
}
`,
  },
  {
    title: "County officer",
    query: `# For an officer of a county: what waits for verification, what was returned, and who did what so far.
query WorkOfCounty($county: DivisionCode! = "430224") {
  submitted: needs(filter: { divisionPrefix: $county, status: SUBMITTED }, first: 5) {
    totalCount
    nodes {
      id
      version
      title
      createdAt
      village { name }
    }
  }
  readyToPublish: needs(filter: { divisionPrefix: $county, status: VERIFIED_CITY }, first: 5) {
    totalCount
    nodes {
      id
      title
      noticeEndsAt
      history {
        version
        at
        role
        changedFields
      }
    }
  }
  returned: needs(filter: { divisionPrefix: $county, status: RETURNED }, first: 5) {
    totalCount
    nodes {
      title
      statusReason
    }
  }
  townships: adminDivisions(parent: $county, first: 20) {
    nodes {
      name
      publishedNeeds(first: 1) { totalCount }
    }
  }
}
`,
  },
  {
    title: "Coordinator",
    query: `# For whoever coordinates projects across organizations: what is late, what stands still, who works where.
query ProjectsAcrossOrganizations {
  overdueMilestones(first: 5) {
    totalCount
    nodes {
      title
      dueOn
      project {
        title
        leadOrganization { legalName }
      }
    }
  }
  suspended: projects(filter: { status: SUSPENDED }, first: 5) {
    nodes {
      title
      suspendedFrom
      minimumFunding { amountMinor currency }
      funding {
        fund { name }
        reserved { amountMinor }
        committed { amountMinor }
        disbursed { amountMinor }
      }
      partners {
        role
        shareBp
        organization { legalName }
      }
      locations {
        shareBp
        division { name }
      }
      plannedNeeds {
        quantity
        need {
          title
          status
          coverage { committedBp }
        }
      }
    }
  }
}
`,
  },
  {
    title: "Fund supervisor",
    query: `# For donors and supervisors of a fund: receipts, and each allocation with its place and project.
query FundAccounts {
  funds(first: 4) {
    nodes {
      name
      status
      livelihoodFloor { amountMinor currency }
      restriction {
        categories
        areas { name }
      }
      supervisors { legalName }
      balances {
        available { amountMinor }
        reserved { amountMinor }
        committed { amountMinor }
        inTransit { amountMinor }
        spent { amountMinor }
      }
      donations(last: 3) {
        totalCount
        nodes {
          receiptNumber
          receivedAt
          kind
          anonymous
          amount { amountMinor currency }
          donorOrganization { legalName }
        }
      }
      allocations(last: 3) {
        totalCount
        nodes {
          status
          line
          category
          amount { amountMinor currency }
          disbursed { amountMinor }
          township { name }
          project { title }
        }
      }
    }
  }
}
`,
  },
  {
    title: "Front-end developer",
    query: `# For developers of partner applications: read one thing again by its id, and walk a list.
# Put pageInfo.endCursor into the variable "after" for the next page.
query RefetchAndPage($id: ID! = "zz-alliance.admin-division.430225", $after: String) {
  node(id: $id) {
    __typename
    id
    ... on AdminDivision {
      code
      name
      governingMember
    }
    ... on Need {
      title
      status
    }
    ... on Project {
      title
      projectStatus: status
    }
    ... on Organization { legalName }
  }
  publishedNeeds(first: 3, after: $after) {
    totalCount
    edges {
      cursor
      node {
        id
        title
        publishedAt
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
`,
    variables: { after: null },
  },
];
