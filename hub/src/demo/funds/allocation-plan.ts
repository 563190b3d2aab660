import { AllocationStatus, AllocationTargetKind } from "@alliance-hub/funds/allocation/allocation-lists";
import { NeedStatus } from "@alliance-hub/needs/need/need-lists";
import type { NeedItem } from "@alliance-hub/needs/need-item/need-item.entity";
import { AssistanceMode } from "@alliance-hub/shared/code-lists/assistance-mode";
import type { DemoPlan } from "../demo-plan";
import { UNCOVERED_TOWNSHIPS } from "../needs/coverage-turns";
import { type DemoNeed, usesMoney } from "../needs/demo-needs";
import type { ListedProject } from "../projects/listed-project";
import { planNeedsOfProjects } from "../projects/planned-needs";
import { PROJECTS } from "../projects/project-list";
import { RandomStream } from "../random-stream";
import type { PlannedAllocation } from "./demo-allocations";
import { chooseFund, fundOf } from "./demo-funds";
import { PROJECT_LINES } from "./project-lines";

/** Allocations of one copy. */
const ALLOCATIONS_OF_COPY = 90;

const { MATCH, BUDGET_LINE, MANAGEMENT_COST, FUND_TRANSFER } = AllocationTargetKind;
const { REQUESTED, RESERVED, APPROVED, COMMITTED, PARTLY_DISBURSED, DISBURSED, SETTLED } = AllocationStatus;
const { REJECTED, CANCELLED, EXPIRED } = AllocationStatus;

/** Requests for needs that came to nothing, with the reason. */
const FAILED: readonly (readonly [AllocationStatus, string])[] = [
  ...Array.from({ length: 4 }, () => [REJECTED, "对接已被其他资金锁定。"] as const),
  ...Array.from({ length: 3 }, () => [CANCELLED, "经办人撤回申请。"] as const),
  ...Array.from({ length: 3 }, () => [EXPIRED, "预留期满未审批。"] as const),
];

/** What the 90 allocations of one copy are for. */
export function planAllocations(plan: DemoPlan, copy: number, needs: readonly DemoNeed[]): PlannedAllocation[] {
  const random = new RandomStream(plan.seed, `allocation-plan/${copy}`);
  const projectByNeed = planNeedsOfProjects(needs);
  const funded = needs
    .filter(({ items }) => items.some(usesMoney))
    .map((need, order) => planForNeed(plan, need, projectByNeed.get(need.need.id), order, random));
  const fixed = [...funded, ...planForProjects(plan), ...planForCosts(plan)];
  const waiting = needs.filter(waitsForMoney);
  const refused = FAILED.map(([status, reason], index) =>
    planInVain(plan, waiting[index % waiting.length] as DemoNeed, { status, reason, order: index }, random),
  );
  const open = Math.max(0, ALLOCATIONS_OF_COPY - fixed.length - refused.length);
  const requested = Array.from({ length: open }, (_, index) => {
    const need = waiting[(FAILED.length + index) % waiting.length] as DemoNeed;
    return planInVain(plan, need, { status: REQUESTED, reason: null, order: index }, random);
  });
  return [...fixed, ...refused, ...requested];
}

/** The money behind a need is exactly what its item says: held is reserved, committed is committed, delivered is paid. */
function planForNeed(
  plan: DemoPlan,
  demoNeed: DemoNeed,
  project: ListedProject | undefined,
  order: number,
  random: RandomStream,
): PlannedAllocation {
  const { need, items, life } = demoNeed;
  const item = items.find(usesMoney) as NeedItem;
  const committed = Number(item.committed);
  const delivered = Number(item.delivered);
  const held = Number(item.held);
  const status = held > 0 ? (order % 2 === 0 ? RESERVED : APPROVED) : statusOfCommitted(item);
  const publishedAt = life.publishedAt as Date;
  const endedAt = life.steps.find((step) => step.to === NeedStatus.FULFILLED)?.at ?? plan.calendar.instantBefore(0, 0);
  // A reservation lasts a week: one that still stands is younger than that.
  const isOld = held > 0 && publishedAt < plan.calendar.instantBefore(5);
  const [requestedAt, changedAt] = drawTwoInstants(
    isOld ? plan.calendar.instantBefore(5) : publishedAt,
    endedAt,
    random,
  );
  return {
    fund: chooseFund(need.category, need.villageCode, order),
    targetKind: MATCH,
    targetOwner: need.ownerMember,
    amountMinor: held > 0 ? held : committed,
    status,
    disbursedMinor: delivered,
    inTransitMinor: status === COMMITTED && random.nextChance(20) ? committed : 0,
    category: need.category,
    needId: need.id,
    township: need.villageCode.slice(0, 9),
    project: project?.code,
    reason: null,
    requestedAt,
    changedAt,
  };
}

function statusOfCommitted({ committed, delivered, confirmed }: NeedItem): AllocationStatus {
  if (delivered === "0") {
    return COMMITTED;
  }
  if (delivered !== committed) {
    return PARTLY_DISBURSED;
  }
  return confirmed === committed ? SETTLED : DISBURSED;
}

function planForProjects(plan: DemoPlan): PlannedAllocation[] {
  return PROJECT_LINES.map((line) => {
    const project = PROJECTS.find(({ code }) => code === line.project) as ListedProject;
    const amountMinor = line.amountYuan * 100;
    const requestedDaysAgo = Math.max(3, Math.min(project.proposedDaysAgo - 20, project.startDaysAgo + 15));
    return {
      fund: fundOf(line.fund),
      targetKind: BUDGET_LINE,
      targetOwner: project.lead,
      amountMinor,
      status: line.status,
      disbursedMinor: (amountMinor / 100) * line.disbursedPercent,
      inTransitMinor: 0,
      category: project.category,
      project: project.code,
      reason: line.reason,
      requestedAt: plan.calendar.instantBefore(requestedDaysAgo),
      changedAt: plan.calendar.instantBefore(Math.max(1, requestedDaysAgo - 12)),
    };
  });
}

function planForCosts(plan: DemoPlan): PlannedAllocation[] {
  const common = { targetOwner: null, inTransitMinor: 0, category: null } as const;
  const at = (days: number) => ({
    requestedAt: plan.calendar.instantBefore(days),
    changedAt: plan.calendar.instantBefore(days - 9),
  });
  return [
    {
      ...common,
      ...at(310),
      fund: fundOf("relief-fund"),
      targetKind: MANAGEMENT_COST,
      amountMinor: 2_400_000,
      status: SETTLED,
      disbursedMinor: 2_400_000,
      reason: "年度审计费用",
    },
    {
      ...common,
      ...at(40),
      fund: fundOf("industry-fund"),
      targetKind: MANAGEMENT_COST,
      amountMinor: 6_000_000,
      status: DISBURSED,
      disbursedMinor: 6_000_000,
      reason: "项目尽职调查费用",
    },
    {
      ...common,
      ...at(400),
      fund: fundOf("relief-fund"),
      targetKind: FUND_TRANSFER,
      transferTo: "study-fund",
      amountMinor: 8_000_000,
      status: SETTLED,
      disbursedMinor: 8_000_000,
      reason: "划转助学专项",
    },
  ];
}

/** A published need with money to find, where somebody helps at all. */
function waitsForMoney({ need, items }: DemoNeed): boolean {
  return (
    need.status === NeedStatus.PUBLISHED &&
    !UNCOVERED_TOWNSHIPS.has(need.villageCode.slice(0, 9)) &&
    items.some((item) => item.mode === AssistanceMode.CASH) &&
    !items.some(usesMoney)
  );
}

interface VainRequest {
  readonly status: AllocationStatus;
  readonly reason: string | null;
  readonly order: number;
}

function planInVain(
  plan: DemoPlan,
  { need, items, life }: DemoNeed,
  request: VainRequest,
  random: RandomStream,
): PlannedAllocation {
  const item = items.find(({ mode }) => mode === AssistanceMode.CASH) as NeedItem;
  const [requestedAt, changedAt] = drawTwoInstants(life.publishedAt as Date, plan.calendar.instantBefore(0, 0), random);
  return {
    fund: chooseFund(need.category, need.villageCode, request.order),
    targetKind: MATCH,
    targetOwner: need.ownerMember,
    amountMinor: Number(item.requested),
    status: request.status,
    disbursedMinor: 0,
    inTransitMinor: 0,
    category: need.category,
    needId: need.id,
    township: need.villageCode.slice(0, 9),
    reason: request.reason,
    requestedAt,
    changedAt: request.status === REQUESTED ? requestedAt : changedAt,
  };
}

/** Two instants in order between two others. */
function drawTwoInstants(after: Date, before: Date, random: RandomStream): [Date, Date] {
  const spanMs = before.getTime() - after.getTime();
  const first = after.getTime() + Math.floor((spanMs * random.nextBetween(10, 45)) / 100);
  const second = after.getTime() + Math.floor((spanMs * random.nextBetween(50, 95)) / 100);
  return [new Date(first), new Date(second)];
}
