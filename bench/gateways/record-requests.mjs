import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { postGraphql } from "../http/post-graphql.mjs";
import { askChild } from "./started-processes.mjs";

/** Far longer than any gateway needs between two steps of a plan. */
const DELAY_MS = 300;

/**
 * Writes down which requests a gateway makes for each operation, for the bare server to repeat.
 * @returns the file, and for each operation the numbers of requests and of steps in which they are made
 */
export async function recordRequests({ port }, { subgraphs, urls, folder, operations }) {
  const recorded = [];
  for (const { name, request, data } of operations) {
    await askChild(subgraphs, { ask: "record", delayMs: DELAY_MS });
    await postGraphql(port, request);
    const { waves } = await askChild(subgraphs, { ask: "recorded" });
    recorded.push({ name, request, answer: { data }, waves });
  }
  const recordingFile = join(folder, "recording.json");
  writeFileSync(recordingFile, JSON.stringify({ urls, operations: recorded }));
  return {
    recordingFile,
    plans: Object.fromEntries(
      recorded.map(({ name, waves }) => [name, { requests: waves.flat().length, steps: waves.length }]),
    ),
  };
}
