import { registerEnumType } from "type-graphql";

/** What kind of body an organization is. */
export enum OrganizationType {
  GOVERNMENT = "GOVERNMENT",
  PUBLIC_INSTITUTION = "PUBLIC_INSTITUTION",
  SOCIAL_ALLIANCE = "SOCIAL_ALLIANCE",
  CHAMBER_OF_COMMERCE = "CHAMBER_OF_COMMERCE",
  VOLUNTEER_FEDERATION = "VOLUNTEER_FEDERATION",
  SOCIAL_WORK_AGENCY = "SOCIAL_WORK_AGENCY",
  FOUNDATION = "FOUNDATION",
  ENTERPRISE = "ENTERPRISE",
  FUND_MANAGER = "FUND_MANAGER",
  COOPERATIVE = "COOPERATIVE",
  MEDIA = "MEDIA",
  VILLAGE_BODY = "VILLAGE_BODY",
  VOLUNTEER_GROUP = "VOLUNTEER_GROUP",
}

export interface OrganizationTypeEntry {
  readonly nameZh: string;
  /** First characters of the credit code; empty for a group that has none and needs a sponsor. */
  readonly usccStarts: readonly string[];
  /** IATI organisation type for the city level and above. */
  readonly iati: string;
}

/** Version 1; source: GB 32100 registrar and kind, IATI OrganisationType code list. */
export const ORGANIZATION_TYPES: Readonly<Record<OrganizationType, OrganizationTypeEntry>> = {
  GOVERNMENT: { nameZh: "政府机关", usccStarts: ["11"], iati: "10" },
  PUBLIC_INSTITUTION: { nameZh: "事业单位", usccStarts: ["12"], iati: "15" },
  SOCIAL_ALLIANCE: { nameZh: "社会扶贫联盟", usccStarts: ["51"], iati: "22" },
  CHAMBER_OF_COMMERCE: { nameZh: "商会", usccStarts: ["51"], iati: "22" },
  VOLUNTEER_FEDERATION: { nameZh: "志愿者联合会", usccStarts: ["51"], iati: "22" },
  SOCIAL_WORK_AGENCY: { nameZh: "社会服务机构", usccStarts: ["52"], iati: "22" },
  FOUNDATION: { nameZh: "基金会", usccStarts: ["53"], iati: "60" },
  ENTERPRISE: { nameZh: "企业", usccStarts: ["91"], iati: "70" },
  FUND_MANAGER: { nameZh: "投资管理公司", usccStarts: ["91"], iati: "70" },
  COOPERATIVE: { nameZh: "农民专业合作社", usccStarts: ["93"], iati: "70" },
  MEDIA: { nameZh: "新闻媒体", usccStarts: ["12", "91"], iati: "15" },
  VILLAGE_BODY: { nameZh: "村委会、村集体", usccStarts: ["5", "N"], iati: "11" },
  VOLUNTEER_GROUP: { nameZh: "未登记志愿团体", usccStarts: [], iati: "90" },
};

registerEnumType(OrganizationType, { name: "OrganizationType", description: "What kind of body an organization is." });
