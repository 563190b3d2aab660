import type { GatewayResponse } from "./graphql-request";

const texts = new WeakMap<GatewayResponse, string>();

/** A response whose data is JSON text already. To whoever reads `data` it is a response like any other. */
export function createPrintedResponse(response: Omit<GatewayResponse, "data">, dataText: string): GatewayResponse {
  const printed: GatewayResponse = {
    ...response,
    get data() {
      return JSON.parse(dataText);
    },
  };
  texts.set(printed, dataText);
  return printed;
}

/** The text of the data; undefined for a response that has to be printed yet. */
export function findDataText(response: GatewayResponse): string | undefined {
  return texts.get(response);
}
