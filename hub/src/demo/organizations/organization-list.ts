import { Grade } from "@alliance-hub/organizations/organization/organization-lists";
import { OrganizationType } from "@alliance-hub/shared/code-lists/organization-type";

/** What is written down of an organization of the demo; the rest follows from its type. */
export interface ListedOrganization {
  /** Name inside the demo, and the member code of a member. */
  readonly code: string;
  readonly owner: string;
  readonly legalName: string;
  readonly nameEn: string;
  readonly type: OrganizationType;
  readonly registeredAt: string;
  readonly serviceArea: readonly string[];
  readonly yearlyIncomeYuan: number;
  readonly staff: number;
  readonly grade?: Grade;
  readonly isPublicFundraiser?: boolean;
  /** First two characters of the credit code, where the type leaves a choice. */
  readonly registrar?: string;
  /** Code of the sponsor. */
  readonly sponsor?: string;
}

const { GOVERNMENT, SOCIAL_ALLIANCE, CHAMBER_OF_COMMERCE, SOCIAL_WORK_AGENCY, VOLUNTEER_FEDERATION } = OrganizationType;
const { ENTERPRISE, FUND_MANAGER, COOPERATIVE, VILLAGE_BODY, VOLUNTEER_GROUP, MEDIA } = OrganizationType;

const ZHUZHOU = "430200";
const YANLING = "430225";
const CHALING = "430224";

type Facts = Omit<ListedOrganization, "code" | "owner" | "legalName" | "nameEn" | "type">;

function member(
  code: string,
  legalName: string,
  nameEn: string,
  type: OrganizationType,
  facts: Facts,
): ListedOrganization {
  return { code, owner: code, legalName, nameEn, type, ...facts };
}

/** The ten members. Names of the paper (sections 2.1 to 2.4); sizes are made up. */
export const MEMBERS: readonly ListedOrganization[] = [
  member("zz-alliance", "株洲市社会扶贫联盟", "Zhuzhou Social Poverty Alleviation Alliance", SOCIAL_ALLIANCE, {
    registeredAt: ZHUZHOU,
    serviceArea: [ZHUZHOU],
    yearlyIncomeYuan: 6_200_000,
    staff: 18,
    grade: Grade.A4,
    isPublicFundraiser: true,
  }),
  member("zhuzhou-city", "株洲市人民政府", "Zhuzhou Municipal People's Government", GOVERNMENT, {
    registeredAt: ZHUZHOU,
    serviceArea: [ZHUZHOU],
    yearlyIncomeYuan: 0,
    staff: 420,
  }),
  member("yanling-county", "炎陵县人民政府", "Yanling County People's Government", GOVERNMENT, {
    registeredAt: YANLING,
    serviceArea: [YANLING],
    yearlyIncomeYuan: 0,
    staff: 160,
  }),
  member("chaling-county", "茶陵县人民政府", "Chaling County People's Government", GOVERNMENT, {
    registeredAt: CHALING,
    serviceArea: [CHALING],
    yearlyIncomeYuan: 0,
    staff: 210,
  }),
  member("shaoyang-chamber", "株洲市邵阳商会", "Shaoyang Chamber of Commerce in Zhuzhou", CHAMBER_OF_COMMERCE, {
    registeredAt: ZHUZHOU,
    serviceArea: [YANLING, "430223"],
    yearlyIncomeYuan: 3_400_000,
    staff: 9,
    grade: Grade.A3,
  }),
  member("wenzhou-chamber", "株洲市温州商会", "Wenzhou Chamber of Commerce in Zhuzhou", CHAMBER_OF_COMMERCE, {
    registeredAt: ZHUZHOU,
    serviceArea: [ZHUZHOU],
    yearlyIncomeYuan: 12_500_000,
    staff: 14,
    grade: Grade.A4,
  }),
  member("fujian-chamber", "株洲市福建商会", "Fujian Chamber of Commerce in Zhuzhou", CHAMBER_OF_COMMERCE, {
    registeredAt: ZHUZHOU,
    serviceArea: [CHALING],
    yearlyIncomeYuan: 4_100_000,
    staff: 8,
  }),
  member("datong-center", "株洲市大同社会工作服务中心", "Datong Social Work Service Center", SOCIAL_WORK_AGENCY, {
    registeredAt: ZHUZHOU,
    serviceArea: [YANLING, CHALING],
    yearlyIncomeYuan: 900_000,
    staff: 26,
    grade: Grade.A3,
  }),
  member("caring-volunteers", "株洲市爱心志愿者联合会", "Caring Volunteers Federation", VOLUNTEER_FEDERATION, {
    registeredAt: ZHUZHOU,
    serviceArea: [ZHUZHOU],
    yearlyIncomeYuan: 480_000,
    staff: 6,
    grade: Grade.A2,
  }),
  member(
    "zz-industry-fund",
    "株洲市产业扶贫投资基金管理有限公司",
    "Zhuzhou Industrial Poverty Alleviation Investment Fund Management Co., Ltd.",
    FUND_MANAGER,
    {
      registeredAt: ZHUZHOU,
      serviceArea: [ZHUZHOU],
      yearlyIncomeYuan: 21_000_000,
      staff: 32,
    },
  ),
];

function other(
  code: string,
  owner: string,
  legalName: string,
  nameEn: string,
  type: OrganizationType,
  facts: Partial<Facts> = {},
): ListedOrganization {
  return {
    code,
    owner,
    legalName,
    nameEn,
    type,
    registeredAt: ZHUZHOU,
    serviceArea: [],
    yearlyIncomeYuan: 0,
    staff: 0,
    ...facts,
  };
}

const ALLIANCE = "zz-alliance";

/** Fourteen organizations that are no members; whoever registered them owns their rows. */
const OTHER_ORGANIZATIONS: readonly ListedOrganization[] = [
  other(
    "relief-manager",
    ALLIANCE,
    "株洲湘帮帮扶基金管理有限公司",
    "Xiangbang Relief Fund Management Co., Ltd.",
    FUND_MANAGER,
    { yearlyIncomeYuan: 8_600_000, staff: 17 },
  ),
  other(
    "former-manager",
    ALLIANCE,
    "株洲湘江创业投资管理有限公司",
    "Xiangjiang Venture Management Co., Ltd.",
    FUND_MANAGER,
    { yearlyIncomeYuan: 2_300_000, staff: 11 },
  ),
  other("custodian-bank", ALLIANCE, "株洲湘东农村商业银行股份有限公司", "Xiangdong Rural Commercial Bank", ENTERPRISE, {
    yearlyIncomeYuan: 640_000_000,
    staff: 880,
  }),
  other("farm-enterprise", ALLIANCE, "湖南炎帝生态农业有限公司", "Yandi Ecological Agriculture Co., Ltd.", ENTERPRISE, {
    registeredAt: YANLING,
    serviceArea: [YANLING, CHALING],
    yearlyIncomeYuan: 46_000_000,
    staff: 120,
  }),
  other("builder", ALLIANCE, "株洲安居建设工程有限公司", "Anju Construction Co., Ltd.", ENTERPRISE, {
    serviceArea: [ZHUZHOU],
    yearlyIncomeYuan: 310_000_000,
    staff: 240,
  }),
  other("telecom", ALLIANCE, "株洲云桥信息科技有限公司", "Yunqiao Information Technology Co., Ltd.", ENTERPRISE, {
    serviceArea: [ZHUZHOU],
    yearlyIncomeYuan: 58_000_000,
    staff: 96,
  }),
  other(
    "peach-cooperative",
    "yanling-county",
    "炎陵县霞阳黄桃种植专业合作社",
    "Xiayang Yellow Peach Cooperative",
    COOPERATIVE,
    { registeredAt: YANLING, serviceArea: [YANLING], yearlyIncomeYuan: 1_900_000, staff: 12 },
  ),
  other(
    "mushroom-cooperative",
    "yanling-county",
    "炎陵县水口食用菌专业合作社",
    "Shuikou Mushroom Cooperative",
    COOPERATIVE,
    { registeredAt: YANLING, serviceArea: [YANLING], yearlyIncomeYuan: 860_000, staff: 7 },
  ),
  other(
    "tea-cooperative",
    "chaling-county",
    "茶陵县严塘油茶专业合作社",
    "Yantang Camellia Oil Cooperative",
    COOPERATIVE,
    { registeredAt: CHALING, serviceArea: [CHALING], yearlyIncomeYuan: 1_200_000, staff: 9 },
  ),
  other(
    "shidu-village",
    "yanling-county",
    "炎陵县十都镇神农谷村村民委员会",
    "Shennonggu Village Committee",
    VILLAGE_BODY,
    { registeredAt: YANLING, serviceArea: ["430225102222"], staff: 5, registrar: "54" },
  ),
  other("hukou-village", "chaling-county", "茶陵县湖口镇经济合作社", "Hukou Village Collective", VILLAGE_BODY, {
    registeredAt: CHALING,
    serviceArea: ["430224103"],
    staff: 6,
    registrar: "N2",
  }),
  other(
    "medical-volunteers",
    "caring-volunteers",
    "湘东义诊志愿服务队",
    "Xiangdong Free Clinic Volunteers",
    VOLUNTEER_GROUP,
    { serviceArea: [YANLING, CHALING], sponsor: "caring-volunteers" },
  ),
  other(
    "reading-volunteers",
    "caring-volunteers",
    "山里书声助学志愿队",
    "Voices of Reading Volunteers",
    VOLUNTEER_GROUP,
    { serviceArea: [CHALING], sponsor: "caring-volunteers" },
  ),
  other("newspaper", ALLIANCE, "株洲日报社", "Zhuzhou Daily", MEDIA, { staff: 150 }),
];

/** All of them, members first. */
export const ORGANIZATIONS: readonly ListedOrganization[] = [...MEMBERS, ...OTHER_ORGANIZATIONS];
