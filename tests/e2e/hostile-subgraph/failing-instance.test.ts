import { setImmediate as nextTurn } from "node:timers/promises";
import { HOSTILE_CONNECTIONS } from "@alliance-hub/tests/kit/hostile-connections";
import type { HostileAnswer } from "@alliance-hub/tests/kit/hostile-server";
import { type ClientAnswer, type Duel, startDuel } from "./duel";

const TOUCHED = "{ player { name } board { title } }";
const UNTOUCHED = "{ players { id name } }";
const MUTATION = "mutation { record(points: 1) { title } }";

let duel: Duel | undefined;

afterEach(async () => {
  await duel?.close();
  duel = undefined;
});

async function start(...options: Parameters<typeof startDuel>): Promise<Duel> {
  duel = await startDuel(...options);
  return duel;
}

function outcomeOf({ body }: ClientAnswer): string | undefined {
  return body.extensions?.completeness.find(({ subgraph }) => subgraph === "scores")?.outcome;
}

function modeOf(name: string): HostileAnswer {
  const mode = HOSTILE_CONNECTIONS[name];
  if (mode === undefined) {
    throw new Error(`there is no mode ${name}`);
  }
  return mode.answer;
}

async function untilAsked({ hostile }: Duel, times: number): Promise<void> {
  while (hostile.queries.length < times) {
    await nextTurn();
  }
}

describe("an instance that fails", () => {
  it.each([
    ["closes the connection", "unreachable"],
    ["resets the connection", "unreachable"],
    ["sends half an answer with its length", "unreachable"],
    ["hangs before the headers", "timed_out"],
    ["hangs in the body", "timed_out"],
    ["drips without end", "timed_out"],
    ["answers 500 in JSON", "invalid"],
  ])("and %s is left alone, then tried again, and comes back", async (mode, outcome) => {
    const time = { nowMs: 0 };
    const { hostile, ask } = await start({
      timeouts: { headersMs: 100, stallMs: 100, bodyMs: 200 },
      retries: { maxSaved: 0, retryPercent: 0 },
      circuit: { minRequests: 4, openMs: 5_000, probes: 1, fairTimeMs: 0 },
      monotonicClock: () => time.nowMs,
    });
    hostile.behave(modeOf(mode));
    const failed = await Promise.all([ask(TOUCHED), ask(TOUCHED), ask(TOUCHED), ask(TOUCHED)]);
    expect(failed.map(outcomeOf)).toEqual([outcome, outcome, outcome, outcome]);
    const left = await ask(TOUCHED);
    expect(left.body.data).toEqual({ player: { name: "Player 1" }, board: null });
    expect(outcomeOf(left)).toBe("circuit_open");
    expect(hostile.queries).toHaveLength(4);
    expect((await ask(UNTOUCHED)).body.errors).toBeUndefined();

    hostile.behave(undefined);
    expect(outcomeOf(await ask(TOUCHED))).toBe("circuit_open");
    time.nowMs += 5_000;
    expect((await ask(TOUCHED)).body).toEqual({ data: { player: { name: "Player 1" }, board: { title: "Season" } } });
    expect(hostile.queries).toHaveLength(5);
  });

  it("that closed a kept connection is asked once more for a query, never for a mutation", async () => {
    const { hostile, ask } = await start({ retries: { maxPauseMs: 0 } });
    let answers = 0;
    hostile.behave((exchange) => {
      answers += 1;
      if (answers % 2 === 1) {
        exchange.socket.destroy();
      } else {
        exchange.response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(exchange.honest));
      }
    });
    expect((await ask(TOUCHED)).body.errors).toBeUndefined();
    expect(outcomeOf(await ask(MUTATION))).toBe("unreachable");
    expect(hostile.queries.filter((query) => query.startsWith("mutation"))).toHaveLength(1);
  });

  it("and hangs, holds its slots and its queue, and nobody else's", async () => {
    const running = await start({ slots: { maxRunning: 2, maxWaiting: 3 }, retries: { maxSaved: 0 } }, 1_500);
    const { hostile, ask } = running;
    hostile.behave(modeOf("hangs before the headers"));
    let settled = 0;
    const hanging = Array.from({ length: 5 }, () =>
      ask(TOUCHED).finally(() => {
        settled += 1;
      }),
    );
    await untilAsked(running, 2);
    const untouched = await Promise.all(Array.from({ length: 50 }, () => ask(UNTOUCHED)));
    expect(untouched.every(({ body }) => body.errors === undefined)).toBe(true);
    expect(settled).toBe(0);
    // The queue is full: who comes now is told at once.
    expect(outcomeOf(await ask(TOUCHED))).toBe("refused");
    expect(settled).toBe(0);
    expect(hostile.queries).toHaveLength(2);
    const answers = await Promise.all(hanging);
    expect(answers.map(outcomeOf)).toEqual(new Array(5).fill("timed_out"));
    expect(answers.every(({ body }) => body.data?.["player"] !== null && body.data?.["board"] === null)).toBe(true);
  });

  it("is told how much time is left", async () => {
    const { hostile, ask } = await start({}, 1_000);
    const told: number[] = [];
    hostile.behave(({ request, response, honest }) => {
      told.push(Number(request.headers["x-deadline-ms"]));
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(honest));
    });
    await ask(TOUCHED);
    expect(told).toHaveLength(1);
    expect(told[0]).toBeLessThanOrEqual(1_000);
  });
});
