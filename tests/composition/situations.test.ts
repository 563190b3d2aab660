import { readdirSync } from "node:fs";
import { join } from "node:path";
import { CompositionMemory } from "@alliance-hub/gateway/composition/composition-memory";
import {
  composeSituation,
  readSituation,
  runOperation,
  type Situation,
  serveSituation,
} from "@alliance-hub/tests/kit/situation";

const situations = readdirSync(__dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => readSituation(join(__dirname, entry.name)));

const composable = situations.filter(({ compositionErrors }) => compositionErrors === undefined);

describe.each(composable)("$name: $description", (situation: Situation) => {
  const federation = serveSituation(situation);

  it.each(situation.operations)("answers $name", async (operation) => {
    expect(await runOperation(federation, operation)).toEqual(operation.expected);
  });
});

describe("composeSupergraph()", () => {
  it.each(situations)("gives its verdict on $name", (situation) => {
    expect(composeSituation(situation).errors ?? []).toEqual(situation.compositionErrors ?? []);
  });

  it("gives the same outcome in a thread that has composed all the others, and this one before", () => {
    const memory = new CompositionMemory();
    for (const situation of situations) {
      const outcome = composeSituation(situation);
      expect(composeSituation(situation, memory)).toEqual(outcome);
      expect(composeSituation(situation, memory)).toEqual(outcome);
    }
  });
});

describe("readSituation()", () => {
  it("finds at least 80 situations, each with operations or composition errors", () => {
    expect(situations.length).toBeGreaterThanOrEqual(80);
    const empty = situations.filter((situation) =>
      situation.compositionErrors === undefined
        ? situation.operations.length === 0
        : situation.compositionErrors.length === 0 || situation.operations.length > 0,
    );
    expect(empty.map(({ name }) => name)).toEqual([]);
  });
});
