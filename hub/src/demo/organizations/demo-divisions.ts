import { AdminDivision } from "@alliance-hub/organizations/admin-division/admin-division.entity";
import { DivisionLevel, PriorityStatus } from "@alliance-hub/organizations/admin-division/division-level";
import { newRow } from "@alliance-hub/shared/database/owned-row";
import { coversDivision } from "@alliance-hub/shared/identifiers/division-code";
import { makeRow } from "../demo-batch";
import type { DemoPlan } from "../demo-plan";
import { RandomStream } from "../random-stream";
import type { ListedDivision } from "./divisions-file";

const ALLIANCE = "zz-alliance";
const YANLING = "430225";
const CHALING = "430224";
const LUKOU = "430212";
/** The list does not say since when a code is in force; this is before everything else in the demo. */
const SINCE_EVER = "2000-01-01";
const LUKOU_BECAME_DISTRICT_ON = "2018-06-19";
/** The year is known (section 2.4 of the paper); the day stands for it. */
const LIFTED_ON = "2018-06-30";

/** How many villages of which county are on the list of poor villages; 166 together. */
const POOR_VILLAGES: Readonly<Record<string, number>> = {
  [YANLING]: 54,
  [CHALING]: 74,
  "430223": 20,
  [LUKOU]: 10,
  "430281": 8,
};

/** Where a member begins to govern. The province belongs to no member: the alliance answers for it. */
const GOVERNORS: Readonly<Record<string, string>> = {
  "430000": ALLIANCE,
  "430200": "zhuzhou-city",
  [YANLING]: "yanling-county",
  [CHALING]: "chaling-county",
};

/** Hunan, Zhuzhou with everything in it, and the county 430221 until it became the district 430212. Scale does not change them. */
export function generateDivisions(plan: DemoPlan): AdminDivision[] {
  const listed = plan.divisions;
  const poorVillages = choosePoorVillages(plan, listed);
  const current = [{ code: "430000", level: "PROVINCE", name: "湖南省", parentCode: null }, ...listed].map((division) =>
    makeDivision(plan, {
      ...division,
      validFrom: coversDivision(LUKOU, division.code) ? LUKOU_BECAME_DISTRICT_ON : SINCE_EVER,
      priorityStatus: poorVillages.has(division.code) ? PriorityStatus.POOR_VILLAGE : PriorityStatus.NONE,
    }),
  );
  const former = makeDivision(plan, {
    code: "430221",
    level: "COUNTY",
    name: "株洲县",
    parentCode: "430200",
    validFrom: SINCE_EVER,
    validTo: "2018-06-18",
    replacedByCodes: [LUKOU],
  });
  return [...current, former];
}

type DivisionFacts = Pick<AdminDivision, "code" | "name" | "parentCode" | "validFrom"> &
  Partial<Pick<AdminDivision, "validTo" | "replacedByCodes" | "priorityStatus">> & { readonly level: string };

function makeDivision(plan: DemoPlan, facts: DivisionFacts): AdminDivision {
  const isLifted = facts.code === YANLING || facts.code === CHALING;
  return makeRow(AdminDivision, {
    ...newRow(`${ALLIANCE}.admin-division.${facts.code}`, ALLIANCE, plan.calendar.instantBefore(1_460)),
    code: facts.code,
    level: DivisionLevel[facts.level as keyof typeof DivisionLevel],
    name: facts.name,
    parentCode: facts.parentCode,
    validFrom: facts.validFrom,
    validTo: facts.validTo ?? null,
    replacedByCodes: facts.replacedByCodes ?? [],
    priorityStatus: isLifted ? PriorityStatus.LIFTED : (facts.priorityStatus ?? PriorityStatus.NONE),
    liftedOn: isLifted ? LIFTED_ON : null,
    governedBy: GOVERNORS[facts.code] ?? null,
  });
}

/** Villagers' committees only (village part 200 to 399): a residents' committee is no poor village. */
function choosePoorVillages(plan: DemoPlan, listed: readonly ListedDivision[]): Set<string> {
  const chosen = Object.entries(POOR_VILLAGES).flatMap(([county, count]) => {
    const villages = listed.filter(({ code }) => code.startsWith(county) && /^.{9}[23]/.test(code));
    const random = new RandomStream(plan.seed, `poor-villages/${county}`);
    return random.shuffle(villages).slice(0, count);
  });
  return new Set(chosen.map((village) => village.code));
}
