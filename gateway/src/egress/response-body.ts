import type { Readable } from "node:stream";
import { type SubgraphResponse, SubgraphUnreachable } from "./subgraph-transport";

export interface BodyExpectation {
  /** The subgraph's name, for logs. */
  readonly name: string;
  readonly maxResponseBytes: number;
  readonly encoding: string | string[] | undefined;
}

/**
 * Reads a GraphQL answer. No compression is asked for, so none is accepted: a few kilobytes of gzip can unpack to gigabytes.
 * @throws SubgraphUnreachable when the body is too large, cut off, or no JSON object
 */
export async function readJsonBody(body: Readable, expectation: BodyExpectation): Promise<SubgraphResponse> {
  const { name, maxResponseBytes, encoding } = expectation;
  if (encoding !== undefined && encoding !== "identity") {
    discardBody(body);
    throw new SubgraphUnreachable(name, "invalid", "the answer is compressed, which was not asked for");
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxResponseBytes) {
      discardBody(body);
      throw new SubgraphUnreachable(name, "invalid", `the answer is larger than ${maxResponseBytes} bytes`);
    }
    chunks.push(chunk);
  }
  return parseAnswer(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks), name);
}

/** Lets go of a body that nobody will read. Its stream then fails, and an 'error' event without a listener ends the process. */
export function discardBody(body: Readable): void {
  body.on("error", () => {});
  body.destroy();
}

function parseAnswer(bytes: Buffer, name: string): SubgraphResponse {
  let answer: unknown;
  try {
    answer = JSON.parse(bytes.toString("utf8"));
  } catch (error) {
    throw new SubgraphUnreachable(name, "invalid", "the answer is not JSON", { cause: error });
  }
  if (typeof answer !== "object" || answer === null || !("data" in answer || "errors" in answer)) {
    throw new SubgraphUnreachable(name, "invalid", "the answer has neither data nor errors");
  }
  const { data, errors } = answer as SubgraphResponse;
  return { data, errors };
}
