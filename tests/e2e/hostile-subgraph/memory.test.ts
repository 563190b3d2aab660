import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { HOSTILE_ANSWERS } from "@alliance-hub/tests/kit/hostile-answers";
import { HOSTILE_CONNECTIONS } from "@alliance-hub/tests/kit/hostile-connections";
import { askDuel, type DuelSubgraphs, startSubgraphs } from "./duel";
import type { ChildReport } from "./gateway-child";

const MODES = { ...HOSTILE_CONNECTIONS, ...HOSTILE_ANSWERS };
const MEBIBYTE = 1024 * 1024;
const MAX_EXTRA_BYTES = 64 * MEBIBYTE;
const CONCURRENCY = 8;

const OPERATIONS = [
  "{ board { title level size entries { label points } } }",
  "{ players { id name score motto entries { label points } } }",
  "mutation { record(points: 1) { title entries { label points } } }",
];
const UNTOUCHED = "{ players { id name } }";

describe("the memory of a gateway behind a hostile instance", () => {
  let subgraphs: DuelSubgraphs;
  let child: ChildProcess;
  let url: string;
  let calmBytes: number;

  beforeAll(async () => {
    subgraphs = await startSubgraphs();
    child = fork(join(__dirname, "gateway-child.ts"), {
      execArgv: ["--expose-gc", "--require", join(__dirname, "../../kit/load-typescript.cjs")],
    });
    const listening = nextReport("listening");
    child.send({ graph: subgraphs.graph });
    url = (await listening).url;
    // What is made once is no extra: plans, connections, compiled code.
    for (const query of [...OPERATIONS, UNTOUCHED, ...OPERATIONS]) {
      await askDuel(url, query);
    }
    calmBytes = await measure();
  });

  afterAll(async () => {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await ended;
    await subgraphs.close();
  });

  function nextReport<Kind extends ChildReport["kind"]>(kind: Kind): Promise<Extract<ChildReport, { kind: Kind }>> {
    return new Promise((resolve, reject) => {
      const onExit = () => reject(new Error("the gateway has ended"));
      child.once("exit", onExit);
      child.once("message", (report: ChildReport) => {
        child.off("exit", onExit);
        if (report.kind === kind) {
          resolve(report as Extract<ChildReport, { kind: Kind }>);
        } else {
          reject(new Error(`the gateway told ${report.kind}`));
        }
      });
    });
  }

  async function measure(): Promise<number> {
    const report = nextReport("memory");
    child.send({});
    return (await report).bytes;
  }

  it.each(Object.entries(MODES))(
    "grows by no more than 64 MiB while the instance %s, and forgets it",
    async (_name, mode) => {
      subgraphs.hostile.behave(mode.answer);
      let isDone = false;
      const answers = Promise.all(
        Array.from({ length: CONCURRENCY }, (_, index) => askDuel(url, OPERATIONS[index % OPERATIONS.length] ?? "")),
      ).finally(() => {
        isDone = true;
      });
      let peakBytes = 0;
      while (!isDone) {
        peakBytes = Math.max(peakBytes, await measure());
        await Promise.race([answers, sleep(100)]);
      }
      expect((await answers).map(({ status }) => status)).toEqual(Array(CONCURRENCY).fill(200));
      subgraphs.hostile.behave(undefined);
      const afterwardsBytes = await measure();
      expect(peakBytes - calmBytes).toBeLessThan(MAX_EXTRA_BYTES);
      expect(afterwardsBytes - calmBytes).toBeLessThan(MAX_EXTRA_BYTES);
      expect((await askDuel(url, UNTOUCHED)).body.errors).toBeUndefined();
    },
  );
});
