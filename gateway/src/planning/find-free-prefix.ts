/** The wanted prefix, with as many underscores before it as it takes to begin none of the names. */
export function findFreePrefix(wanted: string, names: readonly string[]): string {
  return names.some((name) => name.startsWith(wanted)) ? findFreePrefix(`_${wanted}`, names) : wanted;
}
