/** What came over one stream of events (GraphQL over SSE), taken apart by nothing but its blank lines. */
export interface StreamedAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly results: readonly unknown[];
  readonly isComplete: boolean;
}

/** Asks for a stream and reads it to its end. */
export async function readEventStream(
  url: string,
  query: string,
  accept = "text/event-stream",
): Promise<StreamedAnswer> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", accept },
    body: JSON.stringify({ query }),
  });
  const text = await response.text();
  const events = text.split("\n\n");
  return {
    status: response.status,
    headers: response.headers,
    text,
    results: events.flatMap((event) =>
      event.startsWith("event: next\ndata: ") ? [JSON.parse(event.slice("event: next\ndata: ".length))] : [],
    ),
    isComplete: events.includes("event: complete\ndata: "),
  };
}
