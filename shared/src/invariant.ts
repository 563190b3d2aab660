/** A state that the code holds to be impossible. Leaves the service as INTERNAL; the text goes to the log only. */
export class InvariantViolation extends Error {
  override readonly name = "InvariantViolation";
}

/** States what must be true here. @throws InvariantViolation */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) {
    throw new InvariantViolation(message);
  }
}
