/** The plan's operations begin with their kind. Whatever is not certainly a query counts as a mutation. */
export function isQuery(text: string): boolean {
  return /^\s*(\{|query\b)/.test(text);
}
