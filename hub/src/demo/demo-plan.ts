import { invariant } from "@alliance-hub/shared/invariant";
import { DemoCalendar } from "./demo-calendar";
import { type ListedDivision, readDivisionsFile } from "./organizations/divisions-file";

/** How much of what scales there is: 1 is the alliance of the paper, 10 and 100 are for measurements. */
const DEMO_SCALES = [1, 10, 100] as const;
export type DemoScale = (typeof DEMO_SCALES)[number];

export const DEFAULT_SEED = "zhuzhou";
export const DEFAULT_TODAY = "2026-11-01";

/** What the demo data depends on, and nothing else. */
export interface DemoInputs {
  readonly seed: string;
  readonly scale: DemoScale;
  /** Business date on which the demo plays; all its dates are counted from it. */
  readonly today: string;
}

export interface DemoPlan extends DemoInputs {
  readonly calendar: DemoCalendar;
  readonly divisions: readonly ListedDivision[];
  /** Codes of the villages of each township that has any, by township, in the order of the list. */
  readonly villagesByTownship: ReadonlyMap<string, readonly string[]>;
  /** Ids of what has a name, by type and name: asked for by each row that refers to it, computed once. */
  readonly namedIds: Map<string, string>;
}

/** The inputs with what follows from them. @throws InvariantViolation for a day that is none */
export function createPlan(inputs: DemoInputs): DemoPlan {
  const divisions = readDivisionsFile();
  const villagesByTownship = new Map<string, string[]>();
  for (const { code, level, parentCode } of divisions) {
    if (level === "VILLAGE") {
      const villages = villagesByTownship.get(parentCode) ?? [];
      villages.push(code);
      villagesByTownship.set(parentCode, villages);
    }
  }
  return { ...inputs, calendar: new DemoCalendar(inputs.today), divisions, villagesByTownship, namedIds: new Map() };
}

/** The id of something that has a name in the demo. */
export function namedIdOf(plan: DemoPlan, name: string, makeId: () => string): string {
  const known = plan.namedIds.get(name);
  if (known !== undefined) {
    return known;
  }
  const id = makeId();
  plan.namedIds.set(name, id);
  return id;
}

/** Codes of a county's townships that have villages. */
export function listTownships(plan: DemoPlan, county: string): string[] {
  const townships = [...plan.villagesByTownship.keys()].filter((township) => township.startsWith(county));
  invariant(townships.length > 0, `the demo has no villages in ${county}`);
  return townships;
}

/** The villages of a township. */
export function villagesOf(plan: DemoPlan, township: string): readonly string[] {
  const villages = plan.villagesByTownship.get(township);
  invariant(villages !== undefined, `the demo has no villages in ${township}`);
  return villages;
}
