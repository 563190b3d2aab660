const PLACES = 6;

/**
 * A Decimal in millionths: the form in which quantities are added and compared. A float would lose the last digits.
 * @param quantity a Decimal of at most six places
 */
export function millionthsOf(quantity: string): bigint {
  const [whole = "0", fraction = ""] = quantity.split(".");
  return BigInt(`${whole}${fraction.padEnd(PLACES, "0")}`);
}

/** Millionths as a Decimal without trailing zeros: `12500000n` -> `12.5`. */
export function quantityOf(millionths: bigint): string {
  const sign = millionths < 0n ? "-" : "";
  const digits = (millionths < 0n ? -millionths : millionths).toString().padStart(PLACES + 1, "0");
  const fraction = digits.slice(-PLACES).replace(/0+$/, "");
  return `${sign}${digits.slice(0, -PLACES)}${fraction === "" ? "" : `.${fraction}`}`;
}
