import { AssistanceMode } from "@alliance-hub/shared/code-lists/assistance-mode";
import { NeedCategory } from "@alliance-hub/shared/code-lists/need-category";
import { Unit } from "@alliance-hub/shared/code-lists/unit";
import { Urgency } from "@alliance-hub/shared/code-lists/urgency";

/** A line that a need of a template has. Quantities are whole numbers. */
export interface ItemTemplate {
  readonly mode: AssistanceMode;
  readonly unit: Unit;
  readonly itemCode?: string;
  readonly unitValueMinor: number;
  readonly lowest: number;
  readonly highest: number;
  /** Quantities are multiples of it. */
  readonly step: number;
}

/** What needs of the demo are about. Words are general: a need of the demo tells of nobody. */
export interface NeedTemplate {
  readonly category: NeedCategory;
  readonly publicDescription: string;
  readonly urgency: Urgency;
  readonly items: readonly ItemTemplate[];
}

const { CASH, IN_KIND, SERVICE, JOB, TRAINING_PLACE, PURCHASE_OF_PRODUCE } = AssistanceMode;
const { FEN, KG, LITRE, PIECE, SET, HOUSEHOLD_KIT, HOUR, SEAT, PLACE_MONTH, HOUSE } = Unit;
const { LIFE_SAVING, URGENT, NORMAL, DEVELOPMENT } = Urgency;

/** Money, asked for in whole hundreds of yuan. */
function cash(lowestYuan: number, highestYuan: number): ItemTemplate {
  return {
    mode: CASH,
    unit: FEN,
    unitValueMinor: 1,
    lowest: lowestYuan * 100,
    highest: highestYuan * 100,
    step: 10_000,
  };
}

function line(
  mode: AssistanceMode,
  unit: Unit,
  unitValueYuan: number,
  [lowest, highest, step = 1]: readonly [number, number, number?],
  itemCode?: string,
): ItemTemplate {
  return { mode, unit, unitValueMinor: unitValueYuan * 100, lowest, highest, step, itemCode };
}

function template(
  category: NeedCategory,
  urgency: Urgency,
  subject: string,
  circumstances: string,
  ...items: readonly ItemTemplate[]
): NeedTemplate {
  return { category, urgency, publicDescription: `${subject}：${circumstances}`, items };
}

/** Needs of households. */
export const HOUSEHOLD_TEMPLATES: readonly NeedTemplate[] = [
  template(
    NeedCategory.MEDICAL_CARE,
    URGENT,
    "大病住院自付费用救助",
    "医保与大病保险报销后，仍有较大自付住院费用，请求救助。",
    cash(5_000, 30_000),
  ),
  template(
    NeedCategory.MEDICAL_CARE,
    NORMAL,
    "慢性病用药和康复护理",
    "需要长期服药和定期康复护理，家庭负担较重。",
    cash(2_000, 9_000),
    line(SERVICE, HOUR, 60, [20, 60, 10]),
  ),
  template(
    NeedCategory.MEDICAL_CARE,
    LIFE_SAVING,
    "紧急手术费用垫付",
    "须尽快手术，自筹费用不足。",
    cash(10_000, 40_000),
  ),
  template(
    NeedCategory.HOUSING_SAFETY,
    NORMAL,
    "危房改造补助",
    "住房经鉴定为危房，需加固或重建，现有补助不足。",
    cash(8_000, 30_000),
    line(IN_KIND, SET, 1_800, [1, 4], "3010201"),
  ),
  template(
    NeedCategory.HOUSING_SAFETY,
    NORMAL,
    "厕所与屋面维修",
    "屋面漏雨、厕所破损，需要维修材料和工时。",
    line(IN_KIND, SET, 2_600, [1, 3], "3010202"),
    line(SERVICE, HOUR, 45, [40, 120, 20]),
  ),
  template(
    NeedCategory.LIVING_MATERIALS,
    NORMAL,
    "米面油等生活物资",
    "家中主要劳力外出就医，短期缺少米、油等生活物资。",
    line(IN_KIND, KG, 6, [50, 100, 25], "1010101"),
    line(IN_KIND, LITRE, 14, [10, 20, 5], "1010201"),
  ),
  template(
    NeedCategory.LIVING_MATERIALS,
    URGENT,
    "过冬棉被和衣物",
    "高寒山区过冬棉被、衣物不足。",
    line(IN_KIND, HOUSEHOLD_KIT, 480, [1, 3], "1020101"),
  ),
  template(
    NeedCategory.STUDY_SUPPORT,
    NORMAL,
    "大学新生学费补助",
    "家中子女考上大学，学费和路费有困难。",
    cash(3_000, 8_000),
  ),
  template(
    NeedCategory.STUDY_SUPPORT,
    NORMAL,
    "高中生活费与学习用品",
    "高中在读，生活费和学习用品需要资助。",
    cash(1_500, 4_000),
    line(IN_KIND, SET, 260, [1, 3], "1030101"),
  ),
  template(
    NeedCategory.CHILD_CARE,
    NORMAL,
    "留守儿童课后陪伴",
    "父母外出务工，孩子放学后需要陪伴和辅导。",
    line(SERVICE, HOUR, 50, [60, 160, 20]),
  ),
  template(
    NeedCategory.CHILD_CARE,
    NORMAL,
    "困境儿童营养与护理",
    "儿童营养不足，需要营养补助和定期探访。",
    cash(1_000, 4_000),
    line(SERVICE, HOUR, 50, [20, 60, 10]),
  ),
  template(
    NeedCategory.VETERANS_CARE,
    NORMAL,
    "退役军人居家照护",
    "退役老军人行动不便，需要上门照护。",
    line(SERVICE, HOUR, 55, [40, 120, 20]),
  ),
  template(
    NeedCategory.VETERANS_CARE,
    NORMAL,
    "退役军人辅具与探访",
    "需要助行辅具并定期探访。",
    line(IN_KIND, PIECE, 680, [1, 2], "1040102"),
    line(SERVICE, HOUR, 55, [10, 40, 10]),
  ),
  template(
    NeedCategory.PSYCHOSOCIAL,
    NORMAL,
    "心理疏导与同伴支持",
    "家庭变故之后，需要专业心理疏导。",
    line(SERVICE, HOUR, 120, [10, 30, 5]),
  ),
  template(
    NeedCategory.EDUCATION_TRAINING,
    DEVELOPMENT,
    "家政与养老护理培训",
    "有外出务工意愿，需要技能培训名额。",
    line(TRAINING_PLACE, SEAT, 2_400, [1, 2]),
  ),
  template(
    NeedCategory.AGRI_TECHNOLOGY,
    DEVELOPMENT,
    "黄桃病虫害防治指导",
    "黄桃挂果率低，需要农技人员上门指导和植保物资。",
    line(SERVICE, HOUR, 80, [20, 60, 10]),
    line(IN_KIND, SET, 900, [1, 4], "3020101"),
  ),
  template(
    NeedCategory.EMPLOYMENT,
    NORMAL,
    "就近就业岗位",
    "需要照顾家人，希望在本县找到就业岗位。",
    line(JOB, PLACE_MONTH, 800, [3, 6, 3]),
  ),
  template(
    NeedCategory.INDUSTRY_DEVELOPMENT,
    DEVELOPMENT,
    "食用菌大棚启动资金",
    "有种植基础，缺少大棚和菌棒的启动资金。",
    cash(20_000, 80_000),
    line(IN_KIND, SET, 5_200, [1, 3], "3020201"),
  ),
  template(
    NeedCategory.INDUSTRY_DEVELOPMENT,
    DEVELOPMENT,
    "油茶低产林改造",
    "油茶林老化，需要改造资金和嫁接苗。",
    cash(10_000, 40_000),
  ),
  template(
    NeedCategory.NATURAL_DISASTER,
    URGENT,
    "山洪受灾恢复",
    "山洪冲毁院坝和农田，需要恢复生产。",
    cash(5_000, 25_000),
    line(SERVICE, HOUR, 45, [20, 80, 20]),
  ),
  template(
    NeedCategory.ECOMMERCE,
    DEVELOPMENT,
    "农产品线上销售",
    "黄桃、茶油等农产品销路不稳，希望以销定产。",
    line(PURCHASE_OF_PRODUCE, KG, 16, [300, 1_500, 100]),
  ),
  template(
    NeedCategory.OTHER,
    NORMAL,
    "户籍与证件代办",
    "行动不便，需要协助办理证件和申请材料。",
    line(SERVICE, HOUR, 40, [4, 12, 2]),
  ),
];

/** Needs of villages. */
export const VILLAGE_TEMPLATES: readonly NeedTemplate[] = [
  template(
    NeedCategory.PUBLIC_CULTURE,
    DEVELOPMENT,
    "农家书屋与文化活动室",
    "村里缺少图书和活动场地设备。",
    line(IN_KIND, SET, 3_600, [2, 8], "1030201"),
    cash(5_000, 20_000),
  ),
  template(
    NeedCategory.ECOLOGICAL_PROTECTION,
    DEVELOPMENT,
    "水源地保护与植树",
    "饮用水源地水土流失，需要补植和护坡。",
    cash(10_000, 40_000),
    line(SERVICE, HOUR, 40, [100, 300, 50]),
  ),
  template(
    NeedCategory.DIGITAL_WELFARE,
    NORMAL,
    "信息员手机与流量",
    "村信息员走访核实需要智能手机。",
    line(IN_KIND, PIECE, 99, [20, 100, 10], "2010301"),
  ),
  template(
    NeedCategory.ECOMMERCE,
    DEVELOPMENT,
    "村级电商服务点",
    "建设村级电商服务点和冷藏设施。",
    cash(20_000, 60_000),
    line(IN_KIND, SET, 4_800, [1, 3], "2020101"),
  ),
  template(
    NeedCategory.NATURAL_DISASTER,
    URGENT,
    "通村道路水毁抢修",
    "暴雨冲毁通村道路，影响群众出行。",
    cash(15_000, 45_000),
  ),
  template(
    NeedCategory.INDUSTRY_DEVELOPMENT,
    DEVELOPMENT,
    "村集体食用菌基地",
    "村集体建设食用菌基地，带动农户就业。",
    cash(60_000, 160_000),
    line(IN_KIND, HOUSE, 15_000, [1, 2], "3010101"),
  ),
];

/** How many of 34 needs of households are about what; every category that households have. */
export const CATEGORY_WEIGHTS: ReadonlyMap<NeedCategory, number> = new Map([
  [NeedCategory.MEDICAL_CARE, 6],
  [NeedCategory.STUDY_SUPPORT, 6],
  [NeedCategory.HOUSING_SAFETY, 4],
  [NeedCategory.LIVING_MATERIALS, 3],
  [NeedCategory.CHILD_CARE, 2],
  [NeedCategory.VETERANS_CARE, 2],
  [NeedCategory.PSYCHOSOCIAL, 2],
  [NeedCategory.EMPLOYMENT, 2],
  [NeedCategory.INDUSTRY_DEVELOPMENT, 2],
  [NeedCategory.EDUCATION_TRAINING, 1],
  [NeedCategory.AGRI_TECHNOLOGY, 1],
  [NeedCategory.NATURAL_DISASTER, 1],
  [NeedCategory.ECOMMERCE, 1],
  [NeedCategory.OTHER, 1],
]);
