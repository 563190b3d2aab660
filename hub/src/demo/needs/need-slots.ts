import { NeedStatus } from "@alliance-hub/needs/need/need-lists";
import { Urgency } from "@alliance-hub/shared/code-lists/urgency";
import type { DemoPlan } from "../demo-plan";
import { RandomStream } from "../random-stream";
import { DEMO_COUNTIES, type DemoCounty } from "./demo-households";
import { CATEGORY_WEIGHTS, HOUSEHOLD_TEMPLATES, type NeedTemplate, VILLAGE_TEMPLATES } from "./need-templates";

/**
 * How many needs of one copy end in which state: 360 together. Fulfilled ones stand first, because they take their share of
 * the money before the others.
 */
const NEEDS_BY_STATUS: ReadonlyMap<NeedStatus, number> = new Map([
  [NeedStatus.FULFILLED, 44],
  [NeedStatus.CLOSED, 26],
  [NeedStatus.PUBLISHED, 150],
  [NeedStatus.SUSPENDED, 6],
  [NeedStatus.SUBMITTED, 30],
  [NeedStatus.VERIFIED_VILLAGE, 22],
  [NeedStatus.VERIFIED_TOWNSHIP, 16],
  [NeedStatus.VERIFIED_COUNTY, 14],
  [NeedStatus.VERIFIED_CITY, 8],
  [NeedStatus.RETURNED, 15],
  [NeedStatus.REJECTED_FALSE, 8],
  [NeedStatus.DRAFT, 8],
  [NeedStatus.WITHDRAWN, 5],
  [NeedStatus.EXPIRED, 4],
  // Last: it is merged into one that exists.
  [NeedStatus.MERGED, 4],
]);

/** Every eighteenth need is one of a village: 20 of 360. */
const VILLAGE_NEED_EVERY = 18;

/** What is decided of a need before anything else: where it ends, in which county, what it is about. */
export interface NeedSlot {
  readonly index: number;
  readonly status: NeedStatus;
  readonly county: DemoCounty;
  readonly isOfVillage: boolean;
  readonly template: NeedTemplate;
}

/** The needs of one copy, in the order in which they are made. */
export function planNeedSlots(plan: DemoPlan, copy: number): NeedSlot[] {
  const statuses = [...NEEDS_BY_STATUS].flatMap(([status, count]) => Array.from({ length: count }, () => status));
  const decks = new Map(
    DEMO_COUNTIES.map(({ code }) => [code, dealTemplates(new RandomStream(plan.seed, `need-slots/${copy}/${code}`))]),
  );
  let villageNeeds = 0;
  return statuses.map((status, index) => {
    const isOfVillage = index % VILLAGE_NEED_EVERY === 0;
    villageNeeds += isOfVillage ? 1 : 0;
    // Villages' needs stand at even places only; with their round they reach both counties with each template.
    const turn = isOfVillage ? villageNeeds + Math.floor(villageNeeds / VILLAGE_TEMPLATES.length) : index;
    const county = DEMO_COUNTIES[turn % DEMO_COUNTIES.length] as DemoCounty;
    const template = isOfVillage
      ? (VILLAGE_TEMPLATES[villageNeeds % VILLAGE_TEMPLATES.length] as NeedTemplate)
      : fitTemplate(decks.get(county.code)?.next().value as NeedTemplate, status);
    return { index, status, county, isOfVillage, template };
  });
}

/** Templates without end: each 34 have every category by its weight, in an order of their own. */
function* dealTemplates(random: RandomStream): Generator<NeedTemplate, never> {
  for (let round = 0; ; round++) {
    const deck = [...CATEGORY_WEIGHTS].flatMap(([category, weight]) => {
      const templates = HOUSEHOLD_TEMPLATES.filter((template) => template.category === category);
      return Array.from(
        { length: weight },
        (_, index) => templates[(round + index) % templates.length] as NeedTemplate,
      );
    });
    yield* random.shuffle(deck);
  }
}

/** Life-saving help is published within days or never: only needs that were published are of that kind. */
function fitTemplate(template: NeedTemplate, status: NeedStatus): NeedTemplate {
  const isFit =
    template.urgency !== Urgency.LIFE_SAVING || status === NeedStatus.PUBLISHED || status === NeedStatus.FULFILLED;
  return isFit
    ? template
    : (HOUSEHOLD_TEMPLATES.find(({ category }) => category === template.category) as NeedTemplate);
}
