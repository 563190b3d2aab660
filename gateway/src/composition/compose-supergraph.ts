import { GraphQLError, print } from "graphql";
import { checkComposition, readComposedGraph } from "./check-composition";
import { completeInterfaceObjects } from "./complete-interface-objects";
import { completeSchemaTags } from "./complete-schema-tags";
import { CompositionMemory } from "./composition-memory";
import { writeForLibrary } from "./library-document";
import { buildNodeSubgraph, NODE_SUBGRAPH_NAME, NODE_SUBGRAPH_URL } from "./node-subgraph";
import { createInputLoosener } from "./optional-inputs";
import { PrototypeNames } from "./prototype-names";
import { checkRequiresCircle } from "./rules/requires-circle.rule";
import { composeSatisfiable } from "./satisfiability/compose-satisfiable";
import type { SubgraphSchema } from "./subgraph-schema";

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

interface ReadSubgraph {
  readonly name: string;
  readonly url: string;
  readonly schema: SubgraphSchema;
}

/**
 * Composes subgraphs to one supergraph. The same set gives the same text, in whatever order it is listed.
 * Never throws: what is wrong with the subgraphs is listed, all of it where the composition rules can go on.
 * @param memory what earlier compositions have left; the outcome is the same with any
 */
export function composeSupergraph(
  subgraphs: readonly SubgraphDefinition[],
  options: CompositionOptions = {},
  memory: CompositionMemory = new CompositionMemory(),
): CompositionOutcome {
  memory.begin();
  const errors: CompositionError[] = findNameErrors(subgraphs);
  const read: ReadSubgraph[] = [];
  for (const { name, url, sdl } of subgraphs.toSorted(byName)) {
    try {
      read.push({ name, url, schema: memory.read(name, sdl) });
    } catch (error) {
      errors.push({ message: `[${name}] ${describeError(error)}`, code: "INVALID_GRAPHQL" });
    }
  }
  if (errors.length === 0 && options.node === true) {
    const node = buildNodeSubgraph(read.map(({ schema }) => schema));
    errors.push(...node.errors);
    if (node.sdl !== undefined) {
      const schema = memory.read(NODE_SUBGRAPH_NAME, node.sdl);
      read.push({ name: NODE_SUBGRAPH_NAME, url: NODE_SUBGRAPH_URL, schema });
    }
  }
  return errors.length > 0 ? { errors } : composeRead(read.toSorted(byName), memory);
}

function composeRead(subgraphs: readonly ReadSubgraph[], memory: CompositionMemory): CompositionOutcome {
  try {
    const schemas = subgraphs.map(({ schema }) => schema);
    const circles = checkRequiresCircle({ subgraphs: schemas });
    if (circles.length > 0) {
      return { errors: circles };
    }
    const loosenInputs = createInputLoosener(schemas);
    const services = subgraphs.map(({ name, url, schema }) => {
      return { name, url, typeDefs: loosenInputs(writeForLibrary(schema.document)) };
    });
    const names = new PrototypeNames(services.map(({ typeDefs }) => typeDefs));
    const result = composeSatisfiable(
      services.map((service) => ({ ...service, typeDefs: names.hideIn(service.typeDefs) })),
      memory.soundDocuments,
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
    const graph = readComposedGraph(schemas, supergraphSdl);
    const faults = checkComposition(graph);
    if (faults.length > 0) {
      return { errors: faults };
    }
    const completed = completeSchemaTags({ ...graph, supergraph: completeInterfaceObjects(graph) });
    return { supergraphSdl: completed === graph.supergraph ? supergraphSdl : print(completed) };
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
