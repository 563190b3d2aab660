import { WireFault } from "./wire-fault";

/** How long the body is: a number of bytes, told piece by piece, or all until the connection is closed. */
export type BodyLength = number | "chunked" | "until-close";

export interface AnswerHead {
  readonly status: number;
  /** By lower-case name, without a prototype. Values of a name that came several times are joined by commas (RFC 9110, 5.3). */
  readonly headers: Readonly<Record<string, string>>;
  readonly bodyLength: BodyLength;
  /** How long the connection may stay idle afterwards, as the instance tells it; 0 when it closes it. */
  readonly keepAliveMs: number;
}

const STATUS_LINE = /^HTTP\/1\.([01]) ([1-9]\d\d)(?: .*)?$/;
const FIELD_NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
/** Control characters, and ends of lines that are none: what one reader takes for two headers is one for another. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)|(?<!\r)\n/;
const LENGTH = /^\d{1,15}$/;

/**
 * Reads status line and headers (RFC 9112), as strictly as the sender must write them.
 * @param text without the empty line at its end, a character for each byte
 * @throws WireFault
 */
export function parseAnswerHead(text: string): AnswerHead {
  if (FORBIDDEN.test(text)) {
    throw new WireFault("invalid", "a header has a character that is not allowed");
  }
  const [statusLine = "", ...lines] = text.split("\r\n");
  const [, minorVersion, digits] = STATUS_LINE.exec(statusLine) ?? [];
  if (digits === undefined) {
    throw new WireFault("invalid", "the answer does not begin with a status line of HTTP/1.1");
  }
  const headers = readFields(lines);
  const status = Number(digits);
  const bodyLength = readBodyLength(status, headers);
  const isKept = minorVersion === "1" && bodyLength !== "until-close" && !saysClose(headers["connection"]);
  return { status, headers, bodyLength, keepAliveMs: isKept ? readKeepAlive(headers["keep-alive"]) : 0 };
}

function readFields(lines: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = Object.create(null);
  for (const line of lines) {
    const colon = line.indexOf(":");
    const name = line.slice(0, Math.max(0, colon)).toLowerCase();
    if (!FIELD_NAME.test(name)) {
      throw new WireFault("invalid", "a header has no name");
    }
    const value = line.slice(colon + 1).trim();
    const before = headers[name];
    headers[name] = before === undefined ? value : `${before}, ${value}`;
  }
  return headers;
}

/** RFC 9112, section 6.3. Two lengths at once, or one twice, are how answers are smuggled past those who read the other one. */
function readBodyLength(status: number, headers: Readonly<Record<string, string>>): BodyLength {
  const { "transfer-encoding": encoding, "content-length": length } = headers;
  if (encoding !== undefined) {
    if (encoding.toLowerCase() !== "chunked" || length !== undefined) {
      throw new WireFault("invalid", "the length of the body is not told as it should be");
    }
    return "chunked";
  }
  if (length !== undefined && !LENGTH.test(length)) {
    throw new WireFault("invalid", "the length of the body is no number");
  }
  if (status < 200 || status === 204 || status === 304) {
    return 0;
  }
  return length === undefined ? "until-close" : Number(length);
}

function saysClose(connection: string | undefined): boolean {
  return connection !== undefined && connection !== "keep-alive" && /(?:^|,)[ \t]*close[ \t]*(?:,|$)/i.test(connection);
}

function readKeepAlive(keepAlive: string | undefined): number {
  const seconds = keepAlive === undefined ? undefined : /(?:^|[,; ])timeout=(\d{1,6})/i.exec(keepAlive)?.[1];
  return seconds === undefined ? Number.POSITIVE_INFINITY : Number(seconds) * 1_000;
}
