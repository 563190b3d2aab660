import { makeTextScalar } from "./make-text-scalar";

/** Chosen by the caller; makes a mutation safe to send again. Kept 30 days per caller's organization and mutation. */
export const IdempotencyKeyScalar = makeTextScalar({
  name: "IdempotencyKey",
  description: "16 to 64 characters A-Z, a-z, 0-9, _ and -, chosen by the caller, one per intended effect.",
  maxLength: 64,
  accepts: (text) => /^[A-Za-z0-9_-]{16,64}$/.test(text),
});
