import { EXAMPLE_QUERIES } from "@alliance-hub/hub/demo/example-queries";
import { composeAlliance } from "@alliance-hub/hub/alliance/compose-alliance";
import { readFileSync } from "node:fs";
import { createPlanner } from "../planner";
import { DEFAULT_OPERATION_LIMITS } from "../operation-limits";
import { coerceVariables } from "../coerce-variables";
import { createCostMeter } from "./cost-meter";
import { getIntrospectionQuery } from "graphql";
it("x", () => {
  const sdl = composeAlliance(["organizations","needs","projects","funds"].map((name) => ({ name, url: "http://x.test", sdl: readFileSync(`subgraphs/${name}/schema.graphql`, "utf8") })));
  const planner = createPlanner(sdl, { limits: DEFAULT_OPERATION_LIMITS, maxCachedPlans: 10, cache: { maxEntries: 10, maxWeight: 1e9 } } as any);
  const meter = createCostMeter(planner.supergraph, 1e15);
  const out = [];
  const bomb = `{ ${Array.from({length:40},(_,i)=>`a${i}:__schema{types{fields{type{fields{type{fields{name}}}}}}}`).join(" ")} }`;
  for (const { title, query, variables } of [...EXAMPLE_QUERIES, {title:"intro", query: getIntrospectionQuery(), variables: undefined},{title:"one", query:"{__schema{types{fields{type{fields{type{fields{name}}}}}}}}"}, {title:"bomb",query:bomb}] as any[]) {
    try {
    const op = planner.findOperation(query, undefined);
    const vars = coerceVariables(planner.supergraph.publicSchema, op.operation.variableDefinitions ?? [], typeof variables === "string" ? JSON.parse(variables) : variables ?? {});
    out.push(title + " " + meter.measureCost(op, vars));
    } catch (e: any) { out.push(title + " " + e.message + (variables ? "" : " (no vars)")); }
  }
  process.stdout.write(out.join("\n") + "\n");
});
