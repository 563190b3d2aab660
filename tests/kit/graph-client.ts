/** A GraphQL answer as it came over the wire. */
export interface GraphAnswer {
  readonly status: number;
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: { readonly code: string; readonly [detail: string]: unknown };
  }[];
}

/** Asks a graph over HTTP. */
export async function askGraph(
  url: string,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<GraphAnswer> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/graphql-response+json" },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, ...((await response.json()) as Omit<GraphAnswer, "status">) };
}

/** The value of a root field. @throws when the answer has none, with the errors it has instead */
export function readRoot<Value>({ data, errors }: GraphAnswer, field: string): Value {
  const value = data?.[field];
  if (value === null || value === undefined) {
    throw new Error(`${field} has no value: ${JSON.stringify(errors)}`);
  }
  return value as Value;
}
