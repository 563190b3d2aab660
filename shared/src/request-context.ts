import type DataLoader from "dataloader";
import type { Logger } from "pino";
import type { DataSource } from "typeorm";
import type { Caller } from "./caller";

/** How a loader is made for one request. The definition object itself is the key: define it once, at module level. */
export interface LoaderDefinition<K, V> {
  readonly create: (context: RequestContext) => DataLoader<K, V, string>;
}

/** Everything a resolver may know of the request that it serves. Made new for each request; nothing in it outlives one. */
export class RequestContext {
  readonly requestId: string;
  readonly caller: Caller;
  readonly database: DataSource;
  readonly log: Logger;
  /** The instant of the request: one for all rows it writes. */
  readonly now: Date;
  /**
   * Loaders live as long as the request: a cached row is never seen by another caller. No `#private` field: Apollo Server
   * hands resolvers a copy of the context, made property by property, and a copy has none of those.
   */
  private readonly loaders = new Map<unknown, unknown>();

  constructor(parts: Pick<RequestContext, "requestId" | "caller" | "database" | "log" | "now">) {
    this.requestId = parts.requestId;
    this.caller = parts.caller;
    this.database = parts.database;
    this.log = parts.log;
    this.now = parts.now;
  }

  /** This request's loader of a definition. */
  loader<K, V>(definition: LoaderDefinition<K, V>): DataLoader<K, V, string> {
    const existing = this.loaders.get(definition) as DataLoader<K, V, string> | undefined;
    if (existing !== undefined) {
      return existing;
    }
    const created = definition.create(this);
    this.loaders.set(definition, created);
    return created;
  }

  /** After a write the rows read before are history. */
  clearLoaders(): void {
    this.loaders.clear();
  }
}
