import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import {
  type CompositionError,
  type CompositionOutcome,
  composeSupergraph,
} from "@alliance-hub/gateway/composition/compose-supergraph";
import type { CompositionMemory } from "@alliance-hub/gateway/composition/composition-memory";
import { SubgraphUnreachable } from "@alliance-hub/gateway/egress/subgraph-transport";
import type { GatewayResponse } from "@alliance-hub/gateway/request/graphql-request";
import { createDataSubgraph, type SubgraphData } from "./data-subgraph";
import { createFederation, type FederationUnderTest } from "./federation";

/** One folder of tests/composition; its README says what the files mean. */
export interface Situation {
  readonly name: string;
  readonly description: string;
  /** Name -> SDL. */
  readonly subgraphs: Readonly<Record<string, string>>;
  /** Name -> SDL of a subgraph that serves another schema than it was composed from. */
  readonly served: Readonly<Record<string, string>>;
  readonly data: Readonly<Record<string, SubgraphData>>;
  /** Set when the subgraphs must not compose: all errors, in order. */
  readonly compositionErrors: readonly CompositionError[] | undefined;
  readonly operations: readonly SituationOperation[];
  readonly gateway: SituationGateway;
}

/** What the gateway of a situation is told, where that matters. */
interface SituationGateway {
  readonly overrideLabels?: readonly string[];
  /** Drawn for every request, at least 0 and less than 100. */
  readonly percentage?: number;
}

export interface SituationOperation {
  readonly name: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly expected: OperationOutcome;
}

/** What a client sees, in short. */
export interface OperationOutcome {
  /** Absent when the operation was refused before anything was asked. */
  readonly data?: unknown;
  readonly errors?: readonly { readonly code: unknown; readonly message: string; readonly path?: readonly unknown[] }[];
  /** Subgraphs that were asked, one entry a fetch, sorted. Compared only where it is expected. */
  readonly asked?: readonly string[];
}

export function readSituation(folder: string): Situation {
  return {
    name: basename(folder),
    description: readFileSync(join(folder, "description.md"), "utf8").trim(),
    subgraphs: readFiles(join(folder, "subgraphs"), ".graphql", (text) => text),
    served: readFiles(join(folder, "served"), ".graphql", (text) => text),
    data: readFiles(join(folder, "subgraphs"), ".json", (text) => JSON.parse(text)),
    compositionErrors: readOptionalJson(join(folder, "composition-errors.json")),
    gateway: readOptionalJson(join(folder, "gateway.json")) ?? {},
    operations: Object.entries(readFiles(join(folder, "operations"), ".graphql", (text) => text)).map(
      ([name, query]) => ({
        name,
        query,
        variables: readOptionalJson(join(folder, "operations", `${name}.variables.json`)) ?? {},
        expected: JSON.parse(readFileSync(join(folder, "operations", `${name}.expected.json`), "utf8")),
      }),
    ),
  };
}

/** @param memory of earlier compositions, when there were some */
export function composeSituation(situation: Situation, memory?: CompositionMemory): CompositionOutcome {
  const definitions = Object.entries(situation.subgraphs).map(([name, sdl]) => ({
    name,
    url: `http://${name}.test`,
    sdl,
  }));
  return composeSupergraph(definitions, {}, memory);
}

/** @throws Error when its subgraphs do not compose */
export function serveSituation(situation: Situation): FederationUnderTest {
  const fixtures = Object.entries(situation.subgraphs).map(
    ([name, sdl]): [string, ReturnType<typeof createDataSubgraph>] => [
      name,
      createDataSubgraph(sdl, situation.data[name] ?? {}, situation.served[name]),
    ],
  );
  const { overrideLabels, percentage } = situation.gateway;
  return createFederation(Object.fromEntries(fixtures), {
    ...(overrideLabels !== undefined && { overrideLabels }),
    ...(percentage !== undefined && { random: () => percentage / 100 }),
    async intercept(subgraph, _request, answer) {
      if (situation.data[subgraph]?.isDown === true) {
        throw new SubgraphUnreachable(subgraph, "refused", "connection refused");
      }
      return answer();
    },
  });
}

/** Runs one operation. `asked` is there when it is expected. */
export async function runOperation(
  federation: FederationUnderTest,
  { query, variables, expected }: SituationOperation,
): Promise<OperationOutcome> {
  const firstCall = federation.calls.length;
  const response = await federation.execute(query, variables);
  return {
    ...describeResponse(response),
    ...(expected.asked && {
      asked: federation.calls
        .slice(firstCall)
        .map(({ subgraph }) => subgraph)
        .toSorted(),
    }),
  };
}

function describeResponse(response: GatewayResponse): OperationOutcome {
  const errors = response.errors?.map(({ message, path, extensions }) => ({
    code: extensions["code"],
    message,
    ...(path && { path }),
  }));
  return { ...(response.kind === "executed" && { data: response.data }), ...(errors && { errors }) };
}

/** Files with this ending, by name without it; none when there is no such folder. */
function readFiles<Value>(folder: string, ending: string, read: (text: string) => Value): Record<string, Value> {
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith(ending)) : [];
  return Object.fromEntries(
    files.map((file) => [basename(file, ending), read(readFileSync(join(folder, file), "utf8"))]),
  );
}

function readOptionalJson<Value>(path: string): Value | undefined {
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : undefined;
}
