import { createHash } from "node:crypto";
import { canonicalJson } from "@alliance-hub/shared/canonical-json";
import { SHARED_SUBGRAPH_NAMES } from "../alliance/shared-subgraphs";
import { BATCH_SIZE } from "./demo-batch";
import { DEFAULT_TODAY, type DemoInputs } from "./demo-plan";
import { generateDemo } from "./generate-demo";

const INPUTS: DemoInputs = { seed: "test", scale: 1, today: DEFAULT_TODAY };

/** Numbers of rows by entity; batches are looked at and let go. */
function countRows(inputs: DemoInputs): Map<string, number> {
  const counts = new Map<string, number>();
  for (const subgraph of SHARED_SUBGRAPH_NAMES) {
    for (const { entity, rows } of generateDemo(inputs, subgraph)) {
      const key = `${subgraph}/${entity.name}`;
      counts.set(key, (counts.get(key) ?? 0) + rows.length);
    }
  }
  return counts;
}

function digestRows(inputs: DemoInputs): string {
  const hash = createHash("sha256");
  for (const subgraph of SHARED_SUBGRAPH_NAMES) {
    for (const { entity, rows } of generateDemo(inputs, subgraph)) {
      hash.update(`${entity.name}\n${rows.map(canonicalJson).join("\n")}\n`);
    }
  }
  return hash.digest("hex");
}

describe("generateDemo()", () => {
  it("gives the same rows for the same inputs, and others for another seed or day", () => {
    const digest = digestRows(INPUTS);
    expect(digestRows(INPUTS)).toBe(digest);
    expect(digestRows({ ...INPUTS, seed: "other" })).not.toBe(digest);
    expect(digestRows({ ...INPUTS, today: "2026-12-24" })).not.toBe(digest);
  });

  it("multiplies what scales by ten, and leaves divisions and what has a name as it is", () => {
    const once = countRows(INPUTS);
    const tenfold = countRows({ ...INPUTS, scale: 10 });
    for (const key of ["needs/Household", "needs/Need", "funds/Donation", "funds/Allocation"]) {
      expect([key, tenfold.get(key)]).toEqual([key, 10 * (once.get(key) ?? 0)]);
    }
    for (const [key, count] of once) {
      if (/^organizations|Project$|Milestone$|Partner$|Location$|Fund$/.test(key)) {
        expect([key, tenfold.get(key)]).toEqual([key, count]);
      }
    }
    expect(tenfold.get("needs/NeedItem")).toBeGreaterThan(9 * (once.get("needs/NeedItem") ?? 0));
    expect(tenfold.get("projects/PlannedNeed")).toBeGreaterThan(7 * (once.get("projects/PlannedNeed") ?? 0));
  });

  it("hands out small batches, copy by copy, the first copy the same at every scale", () => {
    const first: string[] = [];
    for (const { rows } of generateDemo(INPUTS, "needs")) {
      first.push(...rows.map(canonicalJson));
    }
    const ofFirstCopy: string[] = [];
    let copy = 0;
    for (const batch of generateDemo({ ...INPUTS, scale: 10 }, "needs")) {
      expect(batch.rows.length).toBeLessThanOrEqual(BATCH_SIZE);
      expect(batch.copy === copy || batch.copy === copy + 1).toBe(true);
      copy = batch.copy;
      ofFirstCopy.push(...(copy === 0 ? batch.rows.map(canonicalJson) : []));
    }
    expect(copy).toBe(9);
    expect(ofFirstCopy).toEqual(first);
  });

  it("repeats no id at a larger scale", () => {
    const ids = new Set<string>();
    let rowsWithId = 0;
    for (const subgraph of SHARED_SUBGRAPH_NAMES) {
      for (const { rows } of generateDemo({ ...INPUTS, scale: 10 }, subgraph)) {
        for (const { id } of rows) {
          rowsWithId += id === undefined ? 0 : 1;
          ids.add(id);
        }
      }
    }
    ids.delete(undefined as never);
    expect(ids.size).toBe(rowsWithId);
  });
});
