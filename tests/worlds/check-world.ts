import { createPlanMaker } from "@alliance-hub/gateway/planning/plan-maker";
import type { PlanNode } from "@alliance-hub/gateway/planning/plan-node";
import { lexicographicSortSchema, printSchema } from "graphql";
import { createFederation } from "../kit/federation";
import { GraphqlJsGateway } from "../kit/graphql-js-gateway";
import { createRandom, generateQuery, type RandomQuery } from "../kit/random-query";
import { compareAnswers } from "./compare-answers";
import { generateWorld } from "./generate-world";
import { createMonolithSchema, createWorldSubgraph } from "./world-resolvers";
import { printMonolithSdl } from "./world-sdl";
import { WorldValues } from "./world-values";

/** How the operations on one world went. */
export interface WorldVerdict {
  /** Answered by both, and compared. */
  readonly compared: number;
  /** Refused by both: the operation was not valid, or too large. */
  readonly invalid: number;
  /** The planner gave up; only operations with a computed field are allowed to come here. */
  readonly unplanned: number;
}

/** Depth of the operations: their answers hold up to some thousand objects. */
const DEPTH = 3;

/**
 * Asks the federation of a world, and one graphql-js schema over the same data, the same random operations.
 * @throws Error with the world's seed, the operation and the first difference
 */
async function checkWorld(seed: number, operations: number): Promise<WorldVerdict> {
  const world = generateWorld(seed);
  const values = new WorldValues(world);
  const plans: (PlanNode | undefined)[] = [];
  const federation = createFederation(
    Object.fromEntries(
      world.subgraphs.map((subgraph) => [subgraph.name, createWorldSubgraph(world, values, subgraph)]),
    ),
    { maxCost: 1_000_000_000, createPlanMaker: (sdl) => tellPlans(sdl, (plan) => plans.push(plan)) },
  );
  const { schema } = federation.gateway;
  const monolith = createMonolithSchema(world, values, printMonolithSdl(world));
  const whole = new GraphqlJsGateway(monolith, undefined);
  expectEqual(describe("what clients see"), printSorted(schema), printSorted(monolith));
  const verdict = { compared: 0, invalid: 0, unplanned: 0 };
  for (let index = 0; index < operations; index += 1) {
    const kind = schema.getMutationType() && index % 8 === 7 ? "mutation" : "query";
    await compare(generateQuery(schema, seed * 1_000 + index, DEPTH, kind), index);
  }
  await federation.gateway.close();
  return verdict;

  async function compare({ query, variables }: RandomQuery, index: number): Promise<void> {
    const about = describe(`operation ${index}: ${query}\n${JSON.stringify(variables)}`);
    const request = { query, variables, requestId: "1", deadlineAtMs: Date.now() + 60_000, allowMutation: true };
    const expected = await whole.execute({ ...request, signal: new AbortController().signal });
    const firstCall = federation.calls.length;
    plans.length = 0;
    const actual = await federation.execute(query, variables, { deadlineAtMs: request.deadlineAtMs });
    const code = actual.kind === "request-error" ? actual.errors?.[0]?.extensions["code"] : undefined;
    if (expected.kind === "request-error" || code === "LIMIT_EXCEEDED") {
      expectEqual(about, actual.kind, "request-error");
      verdict.invalid += 1;
      return;
    }
    if (code === "NOT_AVAILABLE" && /\bs\dc\b/.test(query)) {
      verdict.unplanned += 1;
      return;
    }
    expectEqual(about, compareAnswers(actual, JSON.parse(JSON.stringify(expected))), undefined);
    const asked = federation.calls.length - firstCall;
    const planned = plans.reduce((count, plan) => count + countFetches(plan), 0);
    // No plan is made for an operation that was asked before.
    if (plans.length > 0 && asked > planned) {
      throw new Error(`${about}\n${asked} fetches, and ${planned} in the plan`);
    }
    verdict.compared += 1;
  }

  function describe(text: string): string {
    return `world ${seed}, ${text}`;
  }
}

/** Worlds from this seed on, until so many answers have been compared. */
export async function checkWorlds(firstSeed: number, cases: number, operations = 40): Promise<WorldVerdict> {
  const sum = { compared: 0, invalid: 0, unplanned: 0 };
  for (let seed = firstSeed; sum.compared < cases; seed += 1) {
    const { compared, invalid, unplanned } = await checkWorld(seed, operations);
    sum.compared += compared;
    sum.invalid += invalid;
    sum.unplanned += unplanned;
  }
  return sum;
}

/** Seeds below a hundred million: a world's seed times a thousand is the seed of its operations. */
export function drawFirstSeed(): number {
  return Math.floor(createRandom(Date.now())() * 1_000_000);
}

function tellPlans(supergraphSdl: string, tell: (plan: PlanNode | undefined) => void) {
  const maker = createPlanMaker(supergraphSdl);
  return {
    ...maker,
    async makePlan(...request: Parameters<typeof maker.makePlan>) {
      const plan = await maker.makePlan(...request);
      tell(plan);
      return plan;
    },
  };
}

function countFetches(node: PlanNode | undefined | null): number {
  switch (node?.kind) {
    case "Fetch":
    case "BatchFetch":
      return 1;
    case "Flatten":
      return countFetches(node.node);
    case "Sequence":
    case "Parallel":
      return node.nodes.reduce((count, child) => count + countFetches(child), 0);
    case "Condition":
      return Math.max(countFetches(node.ifClause), countFetches(node.elseClause));
    default:
      return 0;
  }
}

function printSorted(schema: Parameters<typeof printSchema>[0]): string {
  return printSchema(lexicographicSortSchema(schema));
}

function expectEqual(about: string, actual: unknown, expected: unknown): void {
  if (actual !== expected) {
    throw new Error(`${about}\n${actual}\ninstead of\n${expected}`);
  }
}
