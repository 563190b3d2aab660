import { registerEnumType } from "type-graphql";

/** What a need is about. A value is never reused. */
export enum NeedCategory {
  MEDICAL_CARE = "MEDICAL_CARE",
  NATURAL_DISASTER = "NATURAL_DISASTER",
  HOUSING_SAFETY = "HOUSING_SAFETY",
  LIVING_MATERIALS = "LIVING_MATERIALS",
  STUDY_SUPPORT = "STUDY_SUPPORT",
  CHILD_CARE = "CHILD_CARE",
  VETERANS_CARE = "VETERANS_CARE",
  PSYCHOSOCIAL = "PSYCHOSOCIAL",
  EDUCATION_TRAINING = "EDUCATION_TRAINING",
  AGRI_TECHNOLOGY = "AGRI_TECHNOLOGY",
  ECOLOGICAL_PROTECTION = "ECOLOGICAL_PROTECTION",
  EMPLOYMENT = "EMPLOYMENT",
  INDUSTRY_DEVELOPMENT = "INDUSTRY_DEVELOPMENT",
  ECOMMERCE = "ECOMMERCE",
  DIGITAL_WELFARE = "DIGITAL_WELFARE",
  PUBLIC_CULTURE = "PUBLIC_CULTURE",
  OTHER = "OTHER",
}

/** L livelihood, D development. A fund's livelihood floor is kept for line L. */
export type SupportLine = "L" | "D";

export interface NeedCategoryEntry {
  readonly nameZh: string;
  readonly line: SupportLine;
  /** Purpose code of the OECD's Creditor Reporting System. */
  readonly crs: string;
  /** Number in article 3 of the Charity Law. */
  readonly charityLawItem: number;
  /** What a need must be proved with before it is submitted; undefined for nothing. */
  readonly evidence: string | undefined;
  /** Default limit of one need's value, in fen. */
  readonly ceilingMinor: bigint;
  /** Help of this kind tends to be given twice (oil, rice): counted by the homogeneity index. */
  readonly hasHomogeneityRisk: boolean;
}

function entry(
  nameZh: string,
  line: SupportLine,
  crs: string,
  charityLawItem: number,
  ceilingYuan: bigint,
  evidence?: string,
  hasHomogeneityRisk = false,
): NeedCategoryEntry {
  return { nameZh, line, crs, charityLawItem, evidence, ceilingMinor: ceilingYuan * 100n, hasHomogeneityRisk };
}

/** Version 1 of the list, valid from 2016; source: sections 2 and 4.2 of the paper, Charity Law article 3, CRS purpose codes. */
export const NEED_CATEGORIES: Readonly<Record<NeedCategory, NeedCategoryEntry>> = {
  MEDICAL_CARE: entry("医疗救助", "L", "12220", 2, 50_000n, "hospital bill or diagnosis"),
  NATURAL_DISASTER: entry("自然灾害", "L", "72010", 3, 50_000n, "damage report"),
  HOUSING_SAFETY: entry("住房安全", "L", "16040", 1, 50_000n, "safety grade C or D"),
  LIVING_MATERIALS: entry("生活物资", "L", "72010", 1, 2_000n, undefined, true),
  STUDY_SUPPORT: entry("助学", "L", "11120", 4, 10_000n, "admission letter or school certificate"),
  CHILD_CARE: entry("关爱未成年人", "L", "16010", 2, 10_000n, "guardian's consent"),
  VETERANS_CARE: entry("关爱退役军人", "L", "16010", 2, 10_000n),
  PSYCHOSOCIAL: entry("心理建设", "L", "12340", 4, 5_000n),
  EDUCATION_TRAINING: entry("教育培训", "D", "11330", 4, 10_000n),
  AGRI_TECHNOLOGY: entry("农业技术", "D", "31166", 1, 20_000n),
  ECOLOGICAL_PROTECTION: entry("生态保护", "D", "41010", 5, 100_000n),
  EMPLOYMENT: entry("就业", "D", "16020", 1, 10_000n),
  INDUSTRY_DEVELOPMENT: entry("特色产业", "D", "31191", 1, 200_000n),
  ECOMMERCE: entry("电商扶贫", "D", "32130", 1, 100_000n),
  DIGITAL_WELFARE: entry("互联网+公益", "D", "22040", 1, 20_000n),
  PUBLIC_CULTURE: entry("公共文化", "D", "16061", 4, 100_000n),
  OTHER: entry("其他", "D", "43010", 6, 5_000n),
};

registerEnumType(NeedCategory, { name: "NeedCategory", description: "What a need is about." });
