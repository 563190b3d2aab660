import { StartError } from "@alliance-hub/shared/server/start-error";
import type { Logger } from "pino";
import type { SubgraphDefinition } from "../../composition/compose-supergraph";
import type { Composer } from "../../composition/composer";
import type { SubgraphTransport } from "../../egress/subgraph-transport";
import { askForSdl, awaitSubgraphSdl } from "../await-subgraph";
import type { SubgraphSource } from "../graph-files";
import type { InstanceAddress, SharedTransports } from "../swap/shared-transports";
import type { LoadOptions, ServableGraph, SupergraphSource } from "./supergraph-source";

export interface ComposedSourceOptions {
  readonly name: string;
  /** Which subgraphs there are, as of now. @throws StartError */
  readonly readSubgraphs: () => readonly SubgraphSource[];
  /** Whether `Query.node` is added. */
  readonly node: boolean;
  readonly transports: SharedTransports;
  /** Closed with the source. */
  readonly composer: Composer;
  readonly log: Logger;
}

/** Subgraphs that are asked for their schemas and composed, again when one of them has changed. */
export function createComposedSource(options: ComposedSourceOptions): SupergraphSource {
  return new ComposedSource(options);
}

class ComposedSource implements SupergraphSource {
  readonly name: string;
  readonly #options: ComposedSourceOptions;
  #leased: ReadonlyMap<string, SubgraphTransport> = new Map();
  /** By address: what each subgraph said last. */
  readonly #known = new Map<string, string>();
  readonly #silent = new Set<string>();
  #composed: { readonly key: string; readonly outcome: ServableGraph | StartError } | undefined;

  constructor(options: ComposedSourceOptions) {
    this.name = options.name;
    this.#options = options;
  }

  configuredSubgraphs() {
    return this.#options.readSubgraphs().map(toAddress);
  }

  async load(options: LoadOptions): Promise<ServableGraph> {
    options.signal.throwIfAborted();
    const subgraphs = this.#options.readSubgraphs();
    await this.#lease(subgraphs);
    const definitions = await Promise.all(subgraphs.map((subgraph) => this.#define(subgraph, options)));
    const key = JSON.stringify([definitions, subgraphs.map(toAddress)]);
    const isFailed = this.#composed?.outcome instanceof StartError;
    if (this.#composed === undefined || key !== this.#composed.key || (isFailed && options.isAskedFor === true)) {
      this.#composed = { key, outcome: await this.#compose(definitions, subgraphs.map(toAddress)) };
    }
    // A composition that was cut off says nothing about the schemas.
    options.signal.throwIfAborted();
    const { outcome } = this.#composed;
    if (outcome instanceof StartError) {
      throw outcome;
    }
    return outcome;
  }

  async close(): Promise<void> {
    await this.#options.composer.close();
    await giveBack(this.#leased);
  }

  /** The new ones first: what is in both lists stays open. */
  async #lease(subgraphs: readonly SubgraphSource[]): Promise<void> {
    const before = this.#leased;
    this.#leased = this.#options.transports.lease(subgraphs);
    await giveBack(before);
  }

  async #define({ name, url, sdl }: SubgraphSource, options: LoadOptions): Promise<SubgraphDefinition> {
    const transport = this.#leased.get(name);
    if (sdl !== undefined || transport === undefined) {
      return { name, url, sdl: sdl ?? "" };
    }
    const key = `${name}\0${url}`;
    const known = this.#known.get(key);
    const { log } = this.#options;
    try {
      const told =
        known === undefined
          ? await awaitSubgraphSdl({ name, url }, transport, { ...options, log })
          : await askForSdl({ name, url }, transport, options.signal);
      this.#known.set(key, told);
      this.#silent.delete(name);
      return { name, url, sdl: told };
    } catch (error) {
      options.signal.throwIfAborted();
      if (known === undefined) {
        throw error;
      }
      // One that is away must not keep the others from changing: what it said last stands.
      if (!this.#silent.has(name)) {
        this.#silent.add(name);
        log.warn({ subgraph: name, err: error }, "a subgraph does not tell its schema: the last one stands");
      }
      return { name, url, sdl: known };
    }
  }

  async #compose(
    definitions: readonly SubgraphDefinition[],
    subgraphs: ServableGraph["subgraphs"],
  ): Promise<ServableGraph | StartError> {
    const outcome = await this.#options.composer.compose(definitions, { node: this.#options.node });
    if (outcome.errors !== undefined) {
      const list = outcome.errors.map(({ code, message }) => `  - ${code === undefined ? "" : `${code}: `}${message}`);
      return new StartError(`The subgraphs do not compose to one graph. Mend these:\n${list.join("\n")}`);
    }
    return { supergraphSdl: outcome.supergraphSdl, subgraphs };
  }
}

function toAddress({ name, url, subscriptions }: SubgraphSource): InstanceAddress {
  return { name, url, ...(subscriptions !== undefined && { subscriptions }) };
}

async function giveBack(leased: ReadonlyMap<string, SubgraphTransport>): Promise<void> {
  await Promise.all(Array.from(leased.values(), (transport) => transport.close()));
}
