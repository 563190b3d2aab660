import { FundKind } from "@alliance-hub/funds/fund/fund-lists";
import { NeedCategory } from "@alliance-hub/shared/code-lists/need-category";

/** What is written down of a fund of the demo. */
export interface ListedFund {
  readonly code: string;
  readonly owner: string;
  readonly name: string;
  /** First letters of its receipt numbers. */
  readonly receiptPrefix: string;
  readonly kind: FundKind;
  readonly categories: readonly NeedCategory[];
  readonly areas: readonly string[];
  readonly manager: string;
  readonly supervisors: readonly string[];
  readonly livelihoodFloorYuan: number;
  /** Money received in one copy, and in how many donations and grants. */
  readonly receivedYuan: number;
  readonly receipts: number;
  /** Who gives the grant that the fund begins with. */
  readonly grantor: string;
}

const ZHUZHOU = "430200";

/**
 * The four funds of the demo. Their money and the goods of GOODS sum to 12 600 000 yuan in 160 donations and grants for each
 * copy.
 */
export const FUNDS: readonly ListedFund[] = [
  {
    code: "industry-fund",
    owner: "zz-industry-fund",
    receiptPrefix: "CY",
    name: "株洲市产业扶贫投资基金 (Zhuzhou Industrial Poverty Alleviation Investment Fund)",
    kind: FundKind.INDUSTRIAL_INVESTMENT,
    categories: [
      NeedCategory.INDUSTRY_DEVELOPMENT,
      NeedCategory.ECOMMERCE,
      NeedCategory.EMPLOYMENT,
      NeedCategory.AGRI_TECHNOLOGY,
      NeedCategory.EDUCATION_TRAINING,
    ],
    areas: [ZHUZHOU],
    manager: "zz-industry-fund",
    supervisors: ["zhuzhou-city", "zz-alliance"],
    livelihoodFloorYuan: 0,
    receivedYuan: 3_600_000,
    receipts: 20,
    grantor: "zhuzhou-city",
  },
  {
    code: "relief-fund",
    owner: "zz-alliance",
    receiptPrefix: "LM",
    name: "株洲市社会扶贫联盟救助基金 (Alliance Relief Fund)",
    kind: FundKind.CHARITABLE,
    categories: [],
    areas: [ZHUZHOU],
    manager: "relief-manager",
    supervisors: ["zhuzhou-city", "wenzhou-chamber"],
    livelihoodFloorYuan: 300_000,
    receivedYuan: 1_936_977,
    receipts: 65,
    grantor: "zhuzhou-city",
  },
  {
    code: "yanling-fund",
    owner: "yanling-county",
    receiptPrefix: "YL",
    name: "炎陵县扶贫专项资金 (Yanling Special Fund)",
    kind: FundKind.GOVERNMENT_SPECIAL,
    categories: [],
    areas: ["430225"],
    manager: "relief-manager",
    supervisors: ["yanling-county", "zhuzhou-city"],
    livelihoodFloorYuan: 200_000,
    receivedYuan: 1_900_000,
    receipts: 30,
    grantor: "yanling-county",
  },
  {
    code: "study-fund",
    owner: "zz-alliance",
    receiptPrefix: "ZX",
    name: "“助学圆梦”专项基金 (Study Program Fund)",
    kind: FundKind.SPECIAL_PURPOSE,
    categories: [NeedCategory.STUDY_SUPPORT, NeedCategory.CHILD_CARE],
    areas: [ZHUZHOU],
    manager: "relief-manager",
    supervisors: ["datong-center", "zhuzhou-city"],
    livelihoodFloorYuan: 0,
    receivedYuan: 1_200_000,
    receipts: 40,
    grantor: "zhuzhou-city",
  },
];

/** Who keeps the money of all of them. */
export const CUSTODIAN = "custodian-bank";
