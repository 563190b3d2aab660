import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { SoakRun } from "./soak-run";

/** What `npm run bench -- soak` reads: one JSON object a line. */
export type SoakLine =
  | {
      readonly kind: "measured";
      readonly requests: number;
      readonly elapsedMs: number;
      readonly heapBytes: number;
      readonly residentBytes: number;
      /** Status -> number of answers so far. */
      readonly statuses: Readonly<Record<string, number>>;
    }
  | { readonly kind: "ended"; readonly firstSeed: number; readonly faults: readonly string[] };

/** `node --require kit/load-typescript.cjs record-soak.ts --requests N --seed N --every N`: a soak whose memory is told now and then. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      requests: { type: "string", default: "1000000" },
      every: { type: "string", default: "100000" },
      seed: { type: "string", default: String(Math.floor(Math.random() * 1_000_000_000)) },
    },
  });
  const [requests, every, firstSeed] = [Number(values.requests), Number(values.every), Number(values.seed)];
  const startedAtMs = Date.now();
  const run = await SoakRun.start(firstSeed);
  try {
    for (let sent = 0; ; ) {
      // What was answered may still be on its way out of caches of the engine.
      await sleep(100);
      print({
        kind: "measured",
        requests: sent,
        elapsedMs: Date.now() - startedAtMs,
        ...(await run.measureMemory()),
        statuses: Object.fromEntries(run.statuses),
      });
      if (sent >= requests || run.faults.length > 0) {
        break;
      }
      const next = Math.min(sent + every, requests);
      await run.sendMany(sent, next);
      sent = next;
    }
    print({ kind: "ended", firstSeed, faults: run.faults });
  } finally {
    await run.stop();
  }
}

function print(line: SoakLine): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

void main();
