/** Why there is no whole answer: the time is over, what came is not HTTP as it should be, or the connection failed. */
export type WireFaultReason = "timed_out" | "invalid" | "refused";

export class WireFault extends Error {
  override readonly name = "WireFault";

  constructor(
    readonly reason: WireFaultReason,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
