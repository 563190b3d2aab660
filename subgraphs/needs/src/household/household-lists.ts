/** State of a household in the registry; set by a county officer. Class P2: stored, not in the schema yet. */
export enum HouseholdStatus {
  REGISTERED = "REGISTERED",
  LIFTED = "LIFTED",
  MONITORED = "MONITORED",
  CLOSED = "CLOSED",
}

/** Kind of household in the national archives. Class P2. */
export enum HouseholdAttribute {
  GENERAL_POOR = "GENERAL_POOR",
  DIBAO = "DIBAO",
  WUBAO = "WUBAO",
  DIBAO_POOR = "DIBAO_POOR",
}

/** Main reason why a household is poor. Class P2. */
export enum PovertyCause {
  ILLNESS = "ILLNESS",
  DISABILITY = "DISABILITY",
  SCHOOLING = "SCHOOLING",
  DISASTER = "DISASTER",
  LACK_OF_LAND = "LACK_OF_LAND",
  LACK_OF_WATER = "LACK_OF_WATER",
  LACK_OF_TECHNOLOGY = "LACK_OF_TECHNOLOGY",
  LACK_OF_LABOUR = "LACK_OF_LABOUR",
  LACK_OF_CAPITAL = "LACK_OF_CAPITAL",
  POOR_TRANSPORT = "POOR_TRANSPORT",
  LACK_OF_SELF_DEVELOPMENT = "LACK_OF_SELF_DEVELOPMENT",
  OTHER = "OTHER",
}
