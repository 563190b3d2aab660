/** The two media types of a GraphQL response (GraphQL over HTTP, section "Media Types"). */
export type ResponseMediaType = "application/graphql-response+json" | "application/json";

interface AcceptRange {
  readonly type: string;
  readonly quality: number;
}

/** Most specific first: what a client says about a type itself outweighs what it says about all of them. */
const RANGES: Readonly<Record<ResponseMediaType, readonly string[]>> = {
  "application/graphql-response+json": ["application/graphql-response+json", "application/*", "*/*"],
  "application/json": ["application/json", "application/*", "*/*"],
};

/**
 * The media type to answer with, or undefined when the client accepts neither (406).
 * `application/json` for a client that does not say, or says that anything will do; at equal quality the newer type wins
 * when it is named.
 */
export function negotiateMediaType(accept: string | undefined): ResponseMediaType | undefined {
  if (accept === undefined || accept === "application/json" || accept === "*/*" || accept.trim() === "") {
    return "application/json";
  }
  const ranges = accept.split(",").flatMap(parseRange);
  const jsonQuality = qualityOf("application/json", ranges);
  const responseQuality = qualityOf("application/graphql-response+json", ranges);
  const isNamed = ranges.some((range) => range.type === "application/graphql-response+json");
  if (responseQuality > jsonQuality || (responseQuality > 0 && responseQuality === jsonQuality && isNamed)) {
    return "application/graphql-response+json";
  }
  return jsonQuality > 0 ? "application/json" : undefined;
}

/** What is wrong with a request's content type, or undefined for JSON in UTF-8. */
export function findContentTypeFault(contentType: string | undefined): "missing" | "type" | "charset" | undefined {
  if (contentType === "application/json") {
    return undefined;
  }
  if (contentType === undefined || contentType.trim() === "") {
    return "missing";
  }
  const [type, ...parameters] = splitParameters(contentType);
  if (type !== "application/json") {
    return "type";
  }
  return parameters.every(isUtf8OrOther) ? undefined : "charset";
}

function qualityOf(type: ResponseMediaType, ranges: readonly AcceptRange[]): number {
  for (const candidate of RANGES[type]) {
    const range = ranges.find((one) => one.type === candidate);
    if (range !== undefined) {
      return range.quality;
    }
  }
  return 0;
}

/** No range for text that is none, or that asks for a charset we do not write: JSON is UTF-8 (RFC 8259 section 8.1). */
function parseRange(text: string): AcceptRange[] {
  const [type, ...parameters] = splitParameters(text);
  if (type === undefined || !/^[^\s/]+\/[^\s/]+$/.test(type) || !parameters.every(isUtf8OrOther)) {
    return [];
  }
  const weight = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2) ?? "1";
  return /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(weight) ? [{ type, quality: Number(weight) }] : [];
}

/** `application/json; Charset="UTF-8"` -> `["application/json", "charset=utf-8"]`. */
function splitParameters(text: string): string[] {
  return text.split(";").map((part) => part.trim().toLowerCase().replaceAll('"', ""));
}

function isUtf8OrOther(parameter: string): boolean {
  return !parameter.startsWith("charset=") || parameter === "charset=utf-8" || parameter === "charset=utf8";
}
