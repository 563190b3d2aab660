import { Household } from "@alliance-hub/needs/household/household.entity";
import { HouseholdAttribute, HouseholdStatus, PovertyCause } from "@alliance-hub/needs/household/household-lists";
import { newRow } from "@alliance-hub/shared/database/owned-row";
import { makeRow } from "../demo-batch";
import { makeDemoId } from "../demo-id";
import { type DemoPlan, listTownships, villagesOf } from "../demo-plan";
import { RandomStream } from "../random-stream";

/** The two counties whose households and needs the demo has. */
export const DEMO_COUNTIES = [
  { code: "430225", member: "yanling-county" },
  { code: "430224", member: "chaling-county" },
] as const;
export type DemoCounty = (typeof DEMO_COUNTIES)[number];

const HOUSEHOLDS_OF_COUNTY = 120;
const MONITORED_OF_COUNTY = 15;
const REGISTERED_OF_COUNTY = 12;
const CLOSED_OF_COUNTY = 3;
const CAUSES = Object.values(PovertyCause);
const ATTRIBUTES = Object.values(HouseholdAttribute);

/** The 120 households of a county in one copy of the demo, spread over all its townships. */
export function generateHouseholds(plan: DemoPlan, copy: number, county: DemoCounty): Household[] {
  const random = new RandomStream(plan.seed, `households/${copy}/${county.code}`);
  const townships = listTownships(plan, county.code);
  return Array.from({ length: HOUSEHOLDS_OF_COUNTY }, (_, index) => {
    const registeredAt = plan.calendar.instantBefore(random.nextBetween(1_200, 1_400), random.nextBetween(540, 1_020));
    const township = townships[index % townships.length] as string;
    return makeRow(Household, {
      ...newRow(makeDemoId(county.member, "Household", registeredAt, random), county.member, registeredAt),
      villageCode: random.pick(villagesOf(plan, township)),
      status: statusOf(index),
      attribute: ATTRIBUTES[index % ATTRIBUTES.length] as HouseholdAttribute,
      mainCause: CAUSES[index % CAUSES.length] as PovertyCause,
      size: random.nextBetween(1, 5) + (random.nextChance(25) ? 1 : 0),
    });
  });
}

/** Most households were lifted; some are monitored since, some are still registered, a few are closed. */
function statusOf(index: number): HouseholdStatus {
  if (index < MONITORED_OF_COUNTY) {
    return HouseholdStatus.MONITORED;
  }
  if (index < MONITORED_OF_COUNTY + REGISTERED_OF_COUNTY) {
    return HouseholdStatus.REGISTERED;
  }
  return index < HOUSEHOLDS_OF_COUNTY - CLOSED_OF_COUNTY ? HouseholdStatus.LIFTED : HouseholdStatus.CLOSED;
}
