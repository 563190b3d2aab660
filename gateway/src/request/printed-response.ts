import type { GatewayResponse } from "./graphql-request";

/**
 * One function for all responses, not a closure for each: V8 keeps the getter in the object's hidden class, so another
 * getter would be another class, and each of them would keep its text until the next full garbage collection.
 */
const PARSED_DATA: PropertyDescriptor & ThisType<PrintedResponse> = {
  enumerable: true,
  get() {
    return JSON.parse(this.dataText);
  },
};

/**
 * A response whose data is JSON text already. To whoever reads, prints or copies it, it is a response like any other: `data` is
 * a property of its own, and the text is none.
 */
export class PrintedResponse implements GatewayResponse {
  declare readonly data: Readonly<Record<string, unknown>> | null;
  readonly kind = "executed";
  declare readonly extensions?: GatewayResponse["extensions"];
  declare readonly operationKind?: GatewayResponse["operationKind"];
  declare readonly operationName?: string;
  readonly #dataText: string;

  constructor(
    { extensions, operationKind, operationName }: Omit<GatewayResponse, "kind" | "data" | "errors">,
    dataText: string,
  ) {
    this.#dataText = dataText;
    this.operationKind = operationKind;
    this.operationName = operationName;
    if (extensions !== undefined) {
      this.extensions = extensions;
    }
    Object.defineProperty(this, "data", PARSED_DATA);
  }

  get dataText(): string {
    return this.#dataText;
  }
}
