/**
 * Codes of administrative divisions: GB/T 2260 (6 digits), + 3 digits township (GB/T 10114), + 3 digits village
 * (statistics bureau). Stored with their significant digits.
 */

export type DivisionLevel = "PROVINCE" | "CITY" | "COUNTY" | "TOWNSHIP" | "VILLAGE";

/** Whether the text has the form of a division code; whether the division exists is the registry's question. */
export function isDivisionCode(text: string): boolean {
  if (!/^[1-8][0-9]{5}(?:[0-9]{3}){0,2}$/.test(text)) {
    return false;
  }
  // A village belongs to a township and a township to a county: no zero part above a part that is not zero.
  const county = text.slice(4, 6);
  const city = text.slice(2, 4);
  const township = text.slice(6, 9);
  const hasCounty = county !== "00";
  return (city !== "00" || !hasCounty) && (township === "" || (hasCounty && township !== "000"));
}

/** The level a code stands for. The code must satisfy isDivisionCode. */
export function levelOfDivision(code: string): DivisionLevel {
  if (code.length === 12) {
    return "VILLAGE";
  }
  if (code.length === 9) {
    return "TOWNSHIP";
  }
  if (code.endsWith("0000")) {
    return "PROVINCE";
  }
  return code.endsWith("00") ? "CITY" : "COUNTY";
}

/** The prefix shared by all codes below: the code itself, for six digits without trailing `00` pairs (`430200` -> `4302`). */
export function stemOfDivision(code: string): string {
  return code.length === 6 ? code.replace(/(?:00){1,2}$/, "") : code;
}

/** Whether a division contains another or is it. Tells nothing across renamed codes: see AdminDivision.replacedBy. */
export function coversDivision(outer: string, inner: string): boolean {
  return inner.startsWith(stemOfDivision(outer));
}

/** A division's code and those of all divisions above it, nearest first: `430225102` -> itself, 430225, 430200, 430000. */
export function listCoveringDivisions(code: string): string[] {
  const county = code.slice(0, 6);
  const above = [code.slice(0, 9), county, `${county.slice(0, 4)}00`, `${county.slice(0, 2)}0000`];
  return [...new Set([code, ...above])].filter((candidate) => coversDivision(candidate, code));
}

/**
 * Where the codes of a division and of all below it lie in an index that compares by code units: `from <= code < below`.
 * PostgreSQL reads such a range from the index also when the bounds come from a join, which it cannot for LIKE.
 */
export function boundsOfDivision(code: string): { readonly from: string; readonly below: string } {
  const stem = stemOfDivision(code);
  // ":" follows "9".
  return { from: stem, below: `${stem}:` };
}

/** The township's code of a village or township; undefined above. */
export function townshipOfDivision(code: string): string | undefined {
  return code.length >= 9 ? code.slice(0, 9) : undefined;
}

/** The county's code of a village, township or county; undefined above. */
export function countyOfDivision(code: string): string | undefined {
  return levelOfDivision(code) === "PROVINCE" || levelOfDivision(code) === "CITY" ? undefined : code.slice(0, 6);
}

/** The twelve-digit form used by the statistics bureau: padded with zeros on the right. */
export function padDivisionCode(code: string): string {
  return code.padEnd(12, "0");
}
