import { FIRST_STATUS, type NeedTrigger, stepNeed } from "@alliance-hub/needs/need/need.lifecycle";
import { NeedStatus } from "@alliance-hub/needs/need/need-lists";
import { URGENCIES, type Urgency } from "@alliance-hub/shared/code-lists/urgency";
import { invariant } from "@alliance-hub/shared/invariant";
import { addDays, type DemoCalendar } from "../demo-calendar";
import type { RandomStream } from "../random-stream";

const SUBMIT = "submitNeed";
const CONFIRM = "verifyNeed CONFIRM";
const VERIFIED = [SUBMIT, CONFIRM, CONFIRM, CONFIRM, CONFIRM] as const;
const PUBLISHED = [...VERIFIED, "publishNeed"] as const;

/** How a need of the demo comes to its state. */
const PATHS: Readonly<Record<NeedStatus, readonly NeedTrigger[]>> = {
  DRAFT: [],
  SUBMITTED: [SUBMIT],
  VERIFIED_VILLAGE: VERIFIED.slice(0, 2),
  VERIFIED_TOWNSHIP: VERIFIED.slice(0, 3),
  VERIFIED_COUNTY: VERIFIED.slice(0, 4),
  VERIFIED_CITY: VERIFIED,
  RETURNED: [SUBMIT, CONFIRM, "verifyNeed RETURN"],
  PUBLISHED,
  SUSPENDED: [...PUBLISHED, "suspendNeed"],
  FULFILLED: [...PUBLISHED, "fulfil"],
  CLOSED: [...PUBLISHED, "fulfil", "close"],
  REJECTED_FALSE: [SUBMIT, CONFIRM, "verifyNeed REJECT_FALSE"],
  WITHDRAWN: [SUBMIT, CONFIRM, CONFIRM, "withdrawNeed"],
  EXPIRED: [...PUBLISHED, "expire"],
  MERGED: [SUBMIT, CONFIRM, "mergeNeeds"],
};

/** Fewest and most days that a step takes, where it does not follow from a rule. */
const STEP_DAYS: Readonly<Record<NeedTrigger, readonly [number, number]>> = {
  submitNeed: [1, 2],
  "verifyNeed CONFIRM": [1, 4],
  "verifyNeed RETURN": [1, 4],
  "verifyNeed REJECT_FALSE": [1, 4],
  rejectNeed: [1, 4],
  publishNeed: [1, 2],
  suspendNeed: [1, 2],
  resumeNeed: [1, 5],
  fulfil: [10, 60],
  // The last follow-up is due 24 months after the delivery.
  close: [732, 760],
  withdrawNeed: [1, 5],
  expire: [0, 0],
  mergeNeeds: [1, 4],
};

const NOTICE_DAYS = 7;

/** A step that a need took. */
export interface NeedLifeStep {
  readonly trigger: NeedTrigger;
  readonly to: NeedStatus;
  readonly at: Date;
}

export interface NeedLife {
  readonly createdAt: Date;
  readonly steps: readonly NeedLifeStep[];
  readonly noticeEndsAt: Date | null;
  readonly publishedAt: Date | null;
  readonly expiresAt: Date | null;
}

export interface NeedLifeOptions {
  readonly status: NeedStatus;
  readonly urgency: Urgency;
  /** Days between the last step (without any: the creation) and today. */
  readonly settledDaysAgo: number;
  readonly calendar: DemoCalendar;
}

/** A life that ends in the wanted state, every step of it one that the need's state table has, none after today. */
export function liveNeed(options: NeedLifeOptions, random: RandomStream): NeedLife {
  const { status, urgency, settledDaysAgo, calendar } = options;
  const days = scheduleSteps(PATHS[status], urgency, random);
  const lastDay = days.at(-1) ?? 0;
  const instantOf = (day: number): Date =>
    calendar.instantBefore(settledDaysAgo + lastDay - day, random.nextBetween(540, 1_020));
  const createdAt = instantOf(0);
  let current: NeedStatus = FIRST_STATUS;
  let expiresAt: Date | null = null;
  const steps: NeedLifeStep[] = [];
  for (const [index, trigger] of PATHS[status].entries()) {
    current = stepNeed(current, trigger);
    const at: Date = trigger === "expire" && expiresAt !== null ? expiresAt : instantOf(days[index] as number);
    steps.push({ trigger, to: current, at });
    if (trigger === "publishNeed") {
      expiresAt = addDays(at, URGENCIES[urgency].expiryDays);
    }
  }
  invariant(current === status, `no path of the demo leads to ${status}`);
  return {
    createdAt,
    steps,
    noticeEndsAt: noticeEndOf(steps, urgency),
    publishedAt: steps.find((step) => step.trigger === "publishNeed")?.at ?? null,
    expiresAt,
  };
}

/** The day of each step, counted from the creation. A publication waits for the end of the notice. */
function scheduleSteps(path: readonly NeedTrigger[], urgency: Urgency, random: RandomStream): number[] {
  const { expiryDays, hasPublicNotice } = URGENCIES[urgency];
  const days: number[] = [];
  let day = 0;
  for (const trigger of path) {
    const [fewest, most] = STEP_DAYS[trigger];
    day += trigger === "expire" ? expiryDays : random.nextBetween(fewest, most);
    if (trigger === "publishNeed" && hasPublicNotice) {
      const countyDay = days[3] as number;
      day = Math.max(day, countyDay + NOTICE_DAYS + 1);
    }
    days.push(day);
  }
  return days;
}

function noticeEndOf(steps: readonly NeedLifeStep[], urgency: Urgency): Date | null {
  const county = steps.find((step) => step.to === NeedStatus.VERIFIED_COUNTY);
  return county === undefined || !URGENCIES[urgency].hasPublicNotice ? null : addDays(county.at, NOTICE_DAYS);
}
