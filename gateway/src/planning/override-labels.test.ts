import { parse } from "graphql";
import { isOverrideLabel, OverrideLabels, roundPercentage } from "./override-labels";

const labels = new OverrideLabels(
  parse(`
    type Row @join__type(graph: A, key: "id") @join__type(graph: B, key: "code part { id }") {
      id: ID! @join__field(graph: A)
      code: ID! @join__field(graph: A, overrideLabel: "percent(7)") @join__field(graph: B, override: "a", overrideLabel: "percent(7)")
      half: Int @join__field(graph: B, override: "a", overrideLabel: "percent(50)")
      need: Int @join__field(graph: B, override: "a", overrideLabel: "percent(0.5)")
      own: Int @join__field(graph: B, override: "a", overrideLabel: "needs/v2")
      computed: Int @join__field(graph: B, requires: "need")
    }
    type Other { half: Int @join__field(graph: B, override: "a", overrideLabel: "percent(20)") }
  `),
);

function findPercentages(query: string): readonly number[] {
  const [operation, ...fragments] = parse(query).definitions;
  if (operation?.kind !== "OperationDefinition") {
    throw new Error("the operation stands first");
  }
  const named = fragments.flatMap((node) =>
    node.kind === "FragmentDefinition" ? [[node.name.value, node] as const] : [],
  );
  return labels.findPercentages(operation, new Map(named));
}

describe("OverrideLabels", () => {
  it("finds the percentages of an operation's fields, and always those of keys and required fields", () => {
    expect(findPercentages("{ row { id } }")).toEqual([0.5, 7]);
    expect(findPercentages("{ row { ...F } } fragment F on Row { alias: half }")).toEqual([0.5, 7, 20, 50]);
  });

  it("knows the labels that an operator may switch", () => {
    expect([...labels.known]).toEqual(["needs/v2"]);
  });
});

describe("roundPercentage()", () => {
  it("gives one number for all that are less than the same percentages", () => {
    const percentages = [0, 0.5, 30, 100];
    for (const drawn of [0, 0.2, 0.5, 1, 29.999, 30, 99.999]) {
      const rounded = roundPercentage(drawn, percentages);
      expect(percentages.map((percentage) => rounded < percentage)).toEqual(
        percentages.map((percentage) => drawn < percentage),
      );
    }
    expect(roundPercentage(1, percentages)).toBe(roundPercentage(29, percentages));
  });
});

describe("isOverrideLabel()", () => {
  it("takes what may be switched, and no percentage", () => {
    expect(["a", "needs-v2", "a.b:c/d_1"].filter(isOverrideLabel)).toHaveLength(3);
    expect(["", "1a", "percent(5)", "a b", "a\n"].filter(isOverrideLabel)).toEqual([]);
  });
});
