import type { Household } from "@alliance-hub/needs/household/household.entity";
import { Need } from "@alliance-hub/needs/need/need.entity";
import { NeedOrigin, NeedStatus } from "@alliance-hub/needs/need/need-lists";
import { makeNeedTitle } from "@alliance-hub/needs/need/need-title";
import { NeedItem } from "@alliance-hub/needs/need-item/need-item.entity";
import { AssistanceMode } from "@alliance-hub/shared/code-lists/assistance-mode";
import { URGENCIES } from "@alliance-hub/shared/code-lists/urgency";
import { newRow } from "@alliance-hub/shared/database/owned-row";
import { invariant } from "@alliance-hub/shared/invariant";
import { makeMoney } from "@alliance-hub/shared/money";
import { makeRow } from "../demo-batch";
import { makeDemoId } from "../demo-id";
import type { DemoPlan } from "../demo-plan";
import { RandomStream } from "../random-stream";
import { CoverageTurns, UNCOVERED_TOWNSHIPS } from "./coverage-turns";
import { DEMO_COUNTIES, generateHouseholds } from "./demo-households";
import { HouseholdQueue } from "./household-queue";
import { liveNeed, type NeedLife } from "./need-life";
import { type CoveragePlan, drawQuantities } from "./need-quantities";
import { type NeedSlot, planNeedSlots } from "./need-slots";

/** A need with everything that belongs to it. */
export interface DemoNeed {
  readonly slot: NeedSlot;
  /** Its own, or one of its village. */
  readonly household: Household;
  readonly need: Need;
  readonly items: readonly NeedItem[];
  readonly life: NeedLife;
}

/** Households and needs of one copy. A copy fits in memory; all copies of a large scale need not. */
export interface DemoNeedsCopy {
  readonly households: readonly Household[];
  readonly needs: readonly DemoNeed[];
}

const STATUS_REASONS: Partial<Record<NeedStatus, string>> = {
  RETURNED: "材料不齐：请补充证明材料后重新提交。",
  REJECTED_FALSE: "入户核实：所报情况与事实不符。",
  SUSPENDED: "收到群众反映，正在复核。",
  WITHDRAWN: "困难已经缓解，申请撤回。",
  MERGED: "与同一户的同类需求重复，已合并。",
};

/** Households and needs of one copy, in an order in which they can be inserted. */
export function generateNeedsCopy(plan: DemoPlan, copy: number): DemoNeedsCopy {
  const households = DEMO_COUNTIES.map((county) => generateHouseholds(plan, copy, county));
  const queues = new Map(
    DEMO_COUNTIES.map((county, index) => [county.code, new HouseholdQueue(households[index] ?? [])]),
  );
  const needs: DemoNeed[] = [];
  const turns = new CoverageTurns();
  for (const slot of planNeedSlots(plan, copy)) {
    const queue = queues.get(slot.county.code);
    invariant(queue !== undefined, "every county of a need has its households");
    const random = new RandomStream(plan.seed, `need/${copy}/${slot.index}`);
    if (slot.status === NeedStatus.MERGED) {
      needs.push(makeMergedNeed(plan, slot, needs, random));
      continue;
    }
    const isFulfilled = slot.status === NeedStatus.FULFILLED || slot.status === NeedStatus.CLOSED;
    const household = isFulfilled ? queue.nextOutside(UNCOVERED_TOWNSHIPS) : queue.next();
    const help = turns.next(slot, household.villageCode.slice(0, 9));
    needs.push(makeNeed(plan, slot, household, help, random));
  }
  return { households: households.flat(), needs };
}

/** Whether money of a fund stands behind a part of the item. */
export function usesMoney(item: NeedItem): boolean {
  return item.mode === AssistanceMode.CASH && (item.held !== "0" || item.committed !== "0");
}

interface MoneyPlan {
  readonly coverage: CoveragePlan;
  readonly mayUseMoney: boolean;
}

function makeNeed(
  plan: DemoPlan,
  slot: NeedSlot,
  household: Household,
  money: MoneyPlan,
  random: RandomStream,
): DemoNeed {
  const { template, status, county, isOfVillage } = slot;
  const settledDaysAgo = drawSettledDaysAgo(slot, money.coverage, random);
  const life = liveNeed({ status, urgency: template.urgency, settledDaysAgo, calendar: plan.calendar }, random);
  const id = makeDemoId(county.member, "Need", life.createdAt, random);
  const items = template.items.map((item) => {
    const coverage = item.mode === AssistanceMode.CASH && !money.mayUseMoney ? "none" : money.coverage;
    const quantities = drawQuantities(item, coverage, random);
    const created = newRow(
      makeDemoId(county.member, "NeedItem", life.createdAt, random),
      county.member,
      life.createdAt,
    );
    return makeRow(NeedItem, {
      ...created,
      updatedAt: coverage === "none" ? created.updatedAt : (life.steps.at(-1)?.at ?? created.updatedAt),
      version: coverage === "none" ? 1 : 2,
      needId: id,
      mode: item.mode,
      itemCode: item.itemCode ?? null,
      unit: item.unit,
      unitValue: makeMoney(BigInt(item.unitValueMinor)),
      requested: String(quantities.requested),
      held: String(quantities.held),
      committed: String(quantities.committed),
      delivered: String(quantities.delivered),
      confirmed: String(quantities.confirmed),
      minimumLot: null,
      acceptsSubstitutes: item.mode === AssistanceMode.IN_KIND && random.nextChance(40),
    });
  });
  const need = makeRow(Need, {
    ...newRow(id, county.member, life.createdAt),
    version: life.steps.length + 1,
    updatedAt: life.steps.at(-1)?.at ?? life.createdAt,
    sourceSystem: null,
    sourceId: null,
    householdId: isOfVillage ? null : household.id,
    villageCode: household.villageCode,
    category: template.category,
    title: makeNeedTitle(template.category, items),
    description: null,
    publicDescription: isReleased(life) ? template.publicDescription : null,
    urgency: template.urgency,
    origin: isOfVillage
      ? NeedOrigin.OFFICER
      : random.pick([NeedOrigin.HOUSEHOLD, NeedOrigin.OFFICER, NeedOrigin.ORGANIZATION]),
    status,
    statusReason: STATUS_REASONS[status] ?? null,
    noticeEndsAt: life.noticeEndsAt,
    publishedAt: life.publishedAt,
    expiresAt: life.expiresAt,
    mergedIntoId: null,
  });
  return { slot, household, need, items, life };
}

/** The same household asked for the same thing twice: the later need was merged into the one that is published. */
function makeMergedNeed(plan: DemoPlan, slot: NeedSlot, earlier: readonly DemoNeed[], random: RandomStream): DemoNeed {
  const targets = earlier.filter(
    ({ need }) =>
      need.status === NeedStatus.PUBLISHED && need.ownerMember === slot.county.member && need.householdId !== null,
  );
  const target = random.pick(targets);
  const made = makeNeed(
    plan,
    { ...slot, template: target.slot.template, isOfVillage: false },
    target.household,
    { coverage: "none", mayUseMoney: false },
    random,
  );
  made.need.mergedIntoId = target.need.id;
  return made;
}

/** An officer releases the public words when the county has confirmed the need. */
function isReleased({ steps }: NeedLife): boolean {
  return steps.some((step) => step.to === NeedStatus.VERIFIED_COUNTY);
}

/**
 * Days since the last step: published needs are younger than their expiry, needs in verification are fresh. The alliance of the
 * demo has become quicker: what nobody has promised yet was published earlier on average.
 */
function drawSettledDaysAgo({ status, template }: NeedSlot, coverage: CoveragePlan, random: RandomStream): number {
  switch (status) {
    case NeedStatus.PUBLISHED:
      return random.nextBetween(1, Math.min(coverage === "none" ? 60 : 20, URGENCIES[template.urgency].expiryDays - 1));
    case NeedStatus.FULFILLED:
      return random.nextBetween(3, 300);
    case NeedStatus.CLOSED:
      return random.nextBetween(3, 120);
    default:
      return random.nextBetween(1, 12);
  }
}
