const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** The check character of a resident id number (GB 11643, ISO 7064 MOD 11-2) for its first 17 digits. */
export function residentIdCheck(body17: string): string {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(body17.charAt(index)), 0);
  return "10X98765432".charAt(sum % 11);
}

/** Whether the text has the form and check character of a resident id number. Class P4: never log or echo one. */
export function isResidentId(text: string): boolean {
  return (
    /^[1-9][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9X]$/.test(text) &&
    residentIdCheck(text.slice(0, 17)) === text.charAt(17)
  );
}
