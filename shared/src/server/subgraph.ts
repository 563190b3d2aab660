import type { GraphQLSchema } from "graphql";
import type { Logger } from "pino";
import type { DataSource } from "typeorm";
import { type Caller, DEMO_CALLER, PUBLIC_CALLER } from "../caller";
import { createDataSource, type DatabaseOptions } from "../database/data-source";
import { RequestContext } from "../request-context";
import { buildSubgraphSchema, type SubgraphSchemaParts } from "./build-subgraph-schema";

/** What whoever runs a subgraph decides. */
export interface SubgraphOptions {
  readonly databaseUrl: string;
  readonly log: Logger;
  /** `demo`: everybody is the demo caller. `public` (default): nobody may change anything or see more than the public. */
  readonly callers?: "public" | "demo";
  readonly clock?: () => Date;
  /** Told of every SQL statement, without parameters. */
  readonly onStatement?: (sql: string) => void;
  readonly poolSize?: number;
}

/** What makes one subgraph different from another. */
export interface SubgraphDefinition extends SubgraphSchemaParts {
  readonly name: string;
  readonly entities: DatabaseOptions["entities"];
  readonly migrations: DatabaseOptions["migrations"];
}

/** A subgraph that is connected and ready, but does not listen. */
export interface Subgraph {
  readonly name: string;
  readonly schema: GraphQLSchema;
  readonly sdl: string;
  readonly database: DataSource;
  readonly log: Logger;
  createContext(request: { readonly requestId: string }): RequestContext;
  /** Lets go of the database. Again: nothing. */
  close(): Promise<void>;
}

/** Connects, migrates and builds the schema. @throws DatabaseUnavailable */
export async function createSubgraph(definition: SubgraphDefinition, options: SubgraphOptions): Promise<Subgraph> {
  const { name } = definition;
  const log = options.log.child({ subgraph: name });
  const clock = options.clock ?? (() => new Date());
  const caller: Caller = options.callers === "demo" ? DEMO_CALLER : PUBLIC_CALLER;
  const { schema, sdl } = await buildDefinedSchema(definition);
  const database = await createDataSource({
    url: options.databaseUrl,
    applicationName: name,
    poolSize: options.poolSize,
    entities: definition.entities,
    migrations: definition.migrations,
    log,
    onStatement: options.onStatement,
  });
  return {
    name,
    schema,
    sdl,
    database,
    log,
    createContext: ({ requestId }) =>
      new RequestContext({ requestId, caller, database, log: log.child({ requestId }), now: clock() }),
    close: async () => {
      if (database.isInitialized) {
        await database.destroy();
      }
    },
  };
}

/** The schema alone, without a database: for printing it and for composing. */
export function buildDefinedSchema(definition: SubgraphSchemaParts): Promise<{ schema: GraphQLSchema; sdl: string }> {
  const instances = new Map<new () => object, object>();
  return buildSubgraphSchema(definition, {
    get(type) {
      const existing = instances.get(type);
      const instance = existing ?? new type();
      instances.set(type, instance);
      return instance;
    },
  });
}
