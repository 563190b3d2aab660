import { isAscii, isUtf8 } from "node:buffer";
import { hasDuplicateKey } from "./duplicate-key";
import type { HttpLimits } from "./http-limits";
import { HttpRefusal } from "./http-refusal";

/** How large a JSON value may be. */
export type JsonLimits = Pick<HttpLimits, "maxJsonDepth" | "maxJsonValues">;

/**
 * The JSON value of a body.
 * @throws HttpRefusal 400 for text that is not UTF-8 or not JSON, is nested too deeply, holds too much, or says one thing twice
 */
export function parseRequestJson(bytes: Buffer, limits: JsonLimits): unknown {
  const text = readText(bytes);
  const value = parseJsonText(text, "The request body", limits);
  if (hasDuplicateKey(text)) {
    throw new HttpRefusal(400, "BAD_USER_INPUT", "The request body has a key twice: send each parameter once.");
  }
  return value;
}

/** Most requests have nothing but ASCII, which is decoded in half the time. */
function readText(bytes: Buffer): string {
  if (isAscii(bytes)) {
    return bytes.toString("latin1");
  }
  if (!isUtf8(bytes)) {
    throw new HttpRefusal(400, "BAD_USER_INPUT", "The request body is not valid UTF-8.");
  }
  return bytes.toString("utf8");
}

/**
 * The value of JSON text. What is wrong is told by its place, never by a part of the text: it may be personal.
 * @param what begins the error's sentence, such as `The parameter "variables"`
 * @throws HttpRefusal 400
 */
export function parseJsonText(text: string, what: string, limits: JsonLimits): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const position = error instanceof SyntaxError ? /at position (\d+)/.exec(error.message)?.[1] : undefined;
    const place = position === undefined ? "" : ` (at character ${Number(position) + 1})`;
    throw new HttpRefusal(400, "BAD_USER_INPUT", `${what} is not valid JSON${place}.`);
  }
  checkJsonValue(value, what, limits);
  return value;
}

/** Walks without recursion: the depth is what is in question. @throws HttpRefusal 400 */
export function checkJsonValue(root: unknown, what: string, { maxJsonDepth, maxJsonValues }: JsonLimits): void {
  let values = 1;
  const open: { readonly value: unknown; readonly depth: number }[] = [{ value: root, depth: 1 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, depth } = next;
    if (typeof value !== "object" || value === null) {
      continue;
    }
    if (depth > maxJsonDepth) {
      throw tooMuch("jsonDepth", `${what} has more than ${maxJsonDepth} objects or lists inside one another.`);
    }
    // An own key of this name becomes a prototype as soon as somebody copies the object key by key.
    if (Object.hasOwn(value, "__proto__")) {
      throw new HttpRefusal(400, "BAD_USER_INPUT", `${what} has a key "__proto__".`);
    }
    const inners = Object.values(value);
    values += inners.length;
    if (values > maxJsonValues) {
      throw tooMuch("jsonValues", `${what} holds more than ${maxJsonValues} values.`);
    }
    for (const inner of inners) {
      if (typeof inner === "object" && inner !== null) {
        open.push({ value: inner, depth: depth + 1 });
      }
    }
  }
}

function tooMuch(limit: string, message: string): HttpRefusal {
  return new HttpRefusal(400, "LIMIT_EXCEEDED", message, { limit });
}
