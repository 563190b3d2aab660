import { type DocumentNode, GraphQLError, parse, print } from "graphql";
import { checkComposition, readComposedGraph } from "./check-composition";
import { completeInterfaceObjects } from "./complete-interface-objects";
import { removeMachinery } from "./federation-machinery";
import { buildNodeSubgraph } from "./node-subgraph";
import { PrototypeNames } from "./prototype-names";
import { checkRequiresCircle } from "./rules/requires-circle.rule";
import { composeSatisfiable } from "./satisfiability/compose-satisfiable";
import { SubgraphSchema } from "./subgraph-schema";

/** One service of a federation, as it describes itself. */
export interface SubgraphDefinition {
  readonly name: string;
  /** Where the gateway reaches it; stands in the supergraph as `@join__graph(url:)`. */
  readonly url: string;
  /** Federation 2 SDL, or Federation 1 SDL (without `@link`). */
  readonly sdl: string;
}

export interface CompositionError {
  readonly message: string;
  /** Code of the composition rule, such as `INVALID_FIELD_SHARING`. */
  readonly code?: string;
}

export type CompositionOutcome =
  | { readonly supergraphSdl: string; readonly errors?: undefined }
  | { readonly supergraphSdl?: undefined; readonly errors: readonly CompositionError[] };

export interface CompositionOptions {
  /** Whether the gateway's own subgraph `hub` with `Query.node` and `Query.nodes` is added. */
  readonly node?: boolean;
}

interface ParsedSubgraph {
  readonly name: string;
  readonly url: string;
  readonly typeDefs: DocumentNode;
}

/**
 * Composes subgraphs to one supergraph. The same set gives the same text, in whatever order it is listed.
 * Never throws: what is wrong with the subgraphs is listed, all of it where the composition rules can go on.
 */
export function composeSupergraph(
  subgraphs: readonly SubgraphDefinition[],
  options: CompositionOptions = {},
): CompositionOutcome {
  const errors: CompositionError[] = findNameErrors(subgraphs);
  const parsed: ParsedSubgraph[] = [];
  for (const { name, url, sdl } of subgraphs.toSorted(byName)) {
    try {
      parsed.push({ name, url, typeDefs: removeMachinery(parse(sdl, { noLocation: true })) });
    } catch (error) {
      errors.push({ message: `[${name}] ${describeError(error)}`, code: "INVALID_GRAPHQL" });
    }
  }
  if (errors.length === 0 && options.node === true) {
    const outcome = buildNodeSubgraph(parsed);
    errors.push(...outcome.errors);
    if (outcome.subgraph !== undefined) {
      parsed.push(outcome.subgraph);
    }
  }
  return errors.length > 0 ? { errors } : composeParsed(parsed.toSorted(byName));
}

function composeParsed(subgraphs: ParsedSubgraph[]): CompositionOutcome {
  try {
    const circles = checkRequiresCircle({
      subgraphs: subgraphs.map(({ name, typeDefs }) => new SubgraphSchema(name, typeDefs)),
    });
    if (circles.length > 0) {
      return { errors: circles };
    }
    const names = new PrototypeNames(subgraphs.map(({ typeDefs }) => print(typeDefs)));
    const result = composeSatisfiable(
      subgraphs.map((subgraph) => ({ ...subgraph, typeDefs: names.hideIn(subgraph.typeDefs) })),
    );
    if (result.errors !== undefined) {
      return {
        errors: result.errors.map((error) => ({
          ...describeCompositionError(error),
          message: names.restoreIn(error.message),
        })),
      };
    }
    const supergraphSdl = names.restoreIn(result.supergraphSdl);
    const graph = readComposedGraph(subgraphs, supergraphSdl);
    const faults = checkComposition(graph);
    return faults.length === 0 ? { supergraphSdl: completeInterfaceObjects(supergraphSdl, graph) } : { errors: faults };
  } catch (error) {
    // The library throws where it meets a construct that none of its rules foresaw; a member's SDL must not stop the hub.
    return { errors: [{ message: describeError(error), code: "COMPOSITION_FAILED" }] };
  }
}

function findNameErrors(subgraphs: readonly SubgraphDefinition[]): CompositionError[] {
  if (subgraphs.length === 0) {
    return [{ message: "There is no subgraph to compose.", code: "NO_SUBGRAPHS" }];
  }
  const names = subgraphs.map((subgraph) => subgraph.name);
  return [...new Set(names)]
    .filter((name) => names.indexOf(name) !== names.lastIndexOf(name))
    .map((name) => ({ message: `Two subgraphs have the name "${name}".`, code: "INVALID_SUBGRAPH_NAME" }));
}

function describeCompositionError(error: GraphQLError): CompositionError {
  const { code } = error.extensions;
  return typeof code === "string" ? { message: error.message, code } : { message: error.message };
}

function describeError(error: unknown): string {
  if (error instanceof GraphQLError) {
    const [location] = error.locations ?? [];
    return location === undefined
      ? error.message
      : `${error.message} (line ${location.line}, column ${location.column})`;
  }
  return error instanceof Error ? error.message : String(error);
}

function byName(left: { readonly name: string }, right: { readonly name: string }): number {
  return left.name < right.name ? -1 : Number(left.name > right.name);
}
