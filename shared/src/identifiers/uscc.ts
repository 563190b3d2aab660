const ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const ORGANIZATION_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const ORGANIZATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

/** The check character of an organization code (GB 11714): 8 characters, weights 3 7 9 10 5 8 4 2, 11 - sum mod 11. */
export function organizationCodeCheck(body8: string): string {
  const sum = ORGANIZATION_WEIGHTS.reduce(
    (total, weight, index) => total + weight * ORGANIZATION_ALPHABET.indexOf(body8.charAt(index)),
    0,
  );
  const check = 11 - (sum % 11);
  return check === 10 ? "X" : check === 11 ? "0" : String(check);
}

/** The check character of a credit code (GB 32100): 17 characters, weights 3^(i-1) mod 31. */
export function usccCheck(body17: string): string {
  let weight = 1;
  let sum = 0;
  for (const character of body17) {
    sum += weight * ALPHABET.indexOf(character);
    weight = (weight * 3) % 31;
  }
  return ALPHABET.charAt((31 - (sum % 31)) % 31);
}

/** Whether the text is a unified social credit code with both check characters right. */
export function isUscc(text: string): boolean {
  return (
    /^[0-9A-HJ-NPQRTUWXY]{18}$/.test(text) &&
    organizationCodeCheck(text.slice(8, 16)) === text.charAt(16) &&
    usccCheck(text.slice(0, 17)) === text.charAt(17)
  );
}

/**
 * A credit code from its parts, for demo data and tests.
 * @param registrar two characters: registering department and kind, such as `51`
 * @param division six digits
 * @param body8 eight characters of the organization code without its check character
 */
export function makeUscc(registrar: string, division: string, body8: string): string {
  const body17 = `${registrar}${division}${body8}${organizationCodeCheck(body8)}`;
  return `${body17}${usccCheck(body17)}`;
}
