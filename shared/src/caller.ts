import { HubError } from "./hub-error";

/** Who asks. Until passports identify persons, a caller is the public or the operator of an open demo hub. */
export type Caller =
  | { readonly kind: "public" }
  | {
      readonly kind: "staff";
      /** Id of the caller's organization: the scope of idempotency keys and the author in a row's history. */
      readonly organization: string;
      readonly role: string;
    };

export const PUBLIC_CALLER: Caller = { kind: "public" };

/**
 * Everybody who reaches an open demo hub. Sees P0 and P1 and may change rows; personal data (P2 to P4) stays closed even here.
 * Refused by every process that runs with NODE_ENV=production.
 */
export const DEMO_CALLER: Caller = { kind: "staff", organization: "demo", role: "DEMO" };

/** Whether the caller may read what is meant for signed-in staff of members (class P1). */
export function isStaff(caller: Caller): caller is Extract<Caller, { kind: "staff" }> {
  return caller.kind === "staff";
}

/** @throws HubError UNAUTHENTICATED for the public: default deny */
export function requireStaff(caller: Caller): Extract<Caller, { kind: "staff" }> {
  if (!isStaff(caller)) {
    throw new HubError("UNAUTHENTICATED", "This needs a signed-in caller. Sign in, or run the demo hub to try it.");
  }
  return caller;
}
