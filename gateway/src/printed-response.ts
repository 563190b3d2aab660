import type { GatewayResponse } from "./graphql-request";

/** The key under which a response keeps its text; not enumerable: whoever copies or prints the response sees data only. */
const DATA_TEXT = Symbol("data text");

interface WithText {
  readonly [DATA_TEXT]?: string;
}

/**
 * One function for all responses, not a closure for each: V8 keeps the getter in the object's hidden class, so another
 * getter would be another class, and each of them would keep its text until the next full garbage collection.
 */
const PARSED_DATA: PropertyDescriptor & ThisType<WithText> = {
  enumerable: true,
  get() {
    return JSON.parse(this[DATA_TEXT] ?? "null");
  },
};

/** A response whose data is JSON text already. To whoever reads `data` it is a response like any other. */
export function createPrintedResponse(response: Omit<GatewayResponse, "data">, dataText: string): GatewayResponse {
  const printed: GatewayResponse = { ...response };
  Object.defineProperty(printed, DATA_TEXT, { value: dataText });
  return Object.defineProperty(printed, "data", PARSED_DATA);
}

/** The text of the data; undefined for a response that has to be printed yet. */
export function findDataText(response: GatewayResponse): string | undefined {
  return (response as WithText)[DATA_TEXT];
}
