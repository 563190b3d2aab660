/** A request's JSON up to the value of `variables`. */
export function printBodyHead(query: string, operationName: string | undefined): string {
  return `${JSON.stringify({ query, operationName }).slice(0, -1)},"variables":`;
}
