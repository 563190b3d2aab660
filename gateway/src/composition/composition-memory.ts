import { type DocumentNode, parse } from "graphql";
import { removeMachinery } from "./federation-machinery";
import { SubgraphSchema } from "./subgraph-schema";

interface KnownSubgraph {
  readonly sdl: string;
  readonly schema: SubgraphSchema;
}

/**
 * What one composition leaves for the next: the subgraphs of the last two, read, so that a subgraph whose text is the same is
 * not read again. It changes no outcome (docs/adr/0023).
 */
export class CompositionMemory {
  /** Documents in which the composition library finds no fault by themselves. */
  readonly soundDocuments = new WeakSet<DocumentNode>();
  #current = new Map<string, KnownSubgraph>();
  #previous = new Map<string, KnownSubgraph>();

  /** What the last composition did not ask for is forgotten when this one ends. */
  begin(): void {
    this.#previous = this.#current;
    this.#current = new Map();
  }

  /** @throws GraphQLError when the text is no GraphQL */
  read(name: string, sdl: string): SubgraphSchema {
    const known = [this.#current, this.#previous].map((subgraphs) => subgraphs.get(name));
    const same = known.find((subgraph) => subgraph?.sdl === sdl);
    const schema = same?.schema ?? new SubgraphSchema(name, removeMachinery(parse(sdl, { noLocation: true })));
    this.#current.set(name, { sdl, schema });
    return schema;
  }
}
