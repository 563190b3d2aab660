/** A message of a client, as far as the protocol knows it. The payload is not looked at. */
export type ClientMessage =
  | { readonly type: "connection_init" | "ping" | "pong" }
  | { readonly type: "subscribe"; readonly id: string; readonly payload: Readonly<Record<string, unknown>> }
  | { readonly type: "complete"; readonly id: string };

/** Clients number their operations, or use UUIDs; the id also stands in the reason of a close frame (123 bytes). */
const ID = /^[\x21-\x7e]{1,64}$/;

/** Undefined for what is no message of the protocol. @param bytes UTF-8 of bounded size */
export function readClientMessage(bytes: Buffer): ClientMessage | undefined {
  let message: unknown;
  try {
    message = JSON.parse(bytes.toString("utf8"));
  } catch {
    return undefined;
  }
  if (!isObject(message)) {
    return undefined;
  }
  const { type, id, payload } = message;
  switch (type) {
    case "connection_init":
    case "ping":
    case "pong":
      return { type };
    case "complete":
      return isId(id) ? { type, id } : undefined;
    case "subscribe":
      return isId(id) && isObject(payload) ? { type, id, payload } : undefined;
    default:
      return undefined;
  }
}

function isId(id: unknown): id is string {
  return typeof id === "string" && ID.test(id);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
