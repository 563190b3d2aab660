import { HubError } from "@alliance-hub/shared/hub-error";
import { NeedStatus } from "./need-lists";

/** What moves a need: a mutation (with its decision where it has several), or what happens by itself. */
export type NeedTrigger =
  | "submitNeed"
  | "verifyNeed CONFIRM"
  | "verifyNeed RETURN"
  | "verifyNeed REJECT_FALSE"
  | "rejectNeed"
  | "publishNeed"
  | "suspendNeed"
  | "resumeNeed"
  | "fulfil"
  | "close"
  | "withdrawNeed"
  | "expire"
  | "mergeNeeds";

export interface NeedStep {
  readonly from: NeedStatus;
  readonly trigger: NeedTrigger;
  readonly to: NeedStatus;
}

const IN_VERIFICATION = [
  NeedStatus.SUBMITTED,
  NeedStatus.VERIFIED_VILLAGE,
  NeedStatus.VERIFIED_TOWNSHIP,
  NeedStatus.VERIFIED_COUNTY,
] as const;
const BEFORE_PUBLICATION = [...IN_VERIFICATION, NeedStatus.VERIFIED_CITY] as const;

/** States that nothing leaves. */
const FINAL: readonly NeedStatus[] = [
  NeedStatus.CLOSED,
  NeedStatus.REJECTED_FALSE,
  NeedStatus.WITHDRAWN,
  NeedStatus.EXPIRED,
  NeedStatus.MERGED,
];
const OPEN = Object.values(NeedStatus).filter((status) => !FINAL.includes(status));

function steps(from: readonly NeedStatus[], trigger: NeedTrigger, to: NeedStatus): NeedStep[] {
  return from.map((status) => ({ from: status, trigger, to }));
}

/** The state in which a need begins (`createNeed`). */
export const FIRST_STATUS = NeedStatus.DRAFT;

/** Every step a need can take; one that is not here is refused (INV-11). Guards are with the service of each mutation. */
export const NEED_STEPS: readonly NeedStep[] = [
  ...steps([NeedStatus.DRAFT, NeedStatus.RETURNED], "submitNeed", NeedStatus.SUBMITTED),
  ...steps([NeedStatus.SUBMITTED], "verifyNeed CONFIRM", NeedStatus.VERIFIED_VILLAGE),
  ...steps([NeedStatus.VERIFIED_VILLAGE], "verifyNeed CONFIRM", NeedStatus.VERIFIED_TOWNSHIP),
  ...steps([NeedStatus.VERIFIED_TOWNSHIP], "verifyNeed CONFIRM", NeedStatus.VERIFIED_COUNTY),
  ...steps([NeedStatus.VERIFIED_COUNTY], "verifyNeed CONFIRM", NeedStatus.VERIFIED_CITY),
  ...steps(IN_VERIFICATION, "verifyNeed RETURN", NeedStatus.RETURNED),
  ...steps(IN_VERIFICATION, "verifyNeed REJECT_FALSE", NeedStatus.REJECTED_FALSE),
  ...steps(
    [...BEFORE_PUBLICATION, NeedStatus.PUBLISHED, NeedStatus.SUSPENDED],
    "rejectNeed",
    NeedStatus.REJECTED_FALSE,
  ),
  ...steps([NeedStatus.VERIFIED_CITY], "publishNeed", NeedStatus.PUBLISHED),
  ...steps([NeedStatus.PUBLISHED], "suspendNeed", NeedStatus.SUSPENDED),
  ...steps([NeedStatus.SUSPENDED], "resumeNeed", NeedStatus.PUBLISHED),
  ...steps([NeedStatus.PUBLISHED], "fulfil", NeedStatus.FULFILLED),
  ...steps([NeedStatus.FULFILLED], "close", NeedStatus.CLOSED),
  ...steps([NeedStatus.DRAFT, ...BEFORE_PUBLICATION, NeedStatus.PUBLISHED], "withdrawNeed", NeedStatus.WITHDRAWN),
  ...steps([NeedStatus.PUBLISHED], "expire", NeedStatus.EXPIRED),
  ...steps(OPEN, "mergeNeeds", NeedStatus.MERGED),
];

/** The state a trigger leads to. @throws HubError ILLEGAL_TRANSITION when the table has no such step */
export function stepNeed(from: NeedStatus, trigger: NeedTrigger): NeedStatus {
  const step = NEED_STEPS.find((candidate) => candidate.from === from && candidate.trigger === trigger);
  if (step === undefined) {
    const [mutation = trigger] = trigger.split(" ");
    throw new HubError("ILLEGAL_TRANSITION", `A need that is ${from} does not take ${mutation}.`, {
      state: from,
      mutation,
    });
  }
  return step.to;
}

/** States in which everybody may see a need. */
export const PUBLIC_STATUSES: readonly NeedStatus[] = [
  NeedStatus.PUBLISHED,
  NeedStatus.SUSPENDED,
  NeedStatus.FULFILLED,
  NeedStatus.CLOSED,
  NeedStatus.EXPIRED,
];
