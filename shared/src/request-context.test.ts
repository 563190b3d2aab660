import { ApolloServer } from "@apollo/server";
import DataLoader from "dataloader";
import { GraphQLObjectType, GraphQLSchema, GraphQLString } from "graphql";
import { pino } from "pino";
import type { DataSource } from "typeorm";
import { PUBLIC_CALLER } from "./caller";
import { type LoaderDefinition, RequestContext } from "./request-context";

function makeContext(): RequestContext {
  return new RequestContext({
    requestId: "test",
    caller: PUBLIC_CALLER,
    database: {} as DataSource,
    log: pino({ level: "silent" }),
    now: new Date("2026-11-01T00:00:00.000Z"),
  });
}

function countingLoader(): { definition: LoaderDefinition<string, string>; batches: string[][] } {
  const batches: string[][] = [];
  const definition: LoaderDefinition<string, string> = {
    create: () =>
      new DataLoader(async (keys) => {
        batches.push([...keys]);
        return keys.map((key) => `row ${key}`);
      }),
  };
  return { definition, batches };
}

describe("RequestContext", () => {
  it("has one loader of a definition, and none of another request's", async () => {
    const { definition, batches } = countingLoader();
    const context = makeContext();
    await Promise.all([context.loader(definition).load("a"), context.loader(definition).load("b")]);
    await context.loader(definition).load("a");
    await makeContext().loader(definition).load("a");
    expect(batches).toEqual([["a", "b"], ["a"]]);
  });

  it("reads again after a write", async () => {
    const { definition, batches } = countingLoader();
    const context = makeContext();
    await context.loader(definition).load("a");
    context.clearLoaders();
    await context.loader(definition).load("a");
    expect(batches).toEqual([["a"], ["a"]]);
  });

  it("works in resolvers behind Apollo Server, which copies it", async () => {
    const { definition, batches } = countingLoader();
    const field = {
      type: GraphQLString,
      resolve: (_source: unknown, _args: unknown, context: RequestContext) => context.loader(definition).load("a"),
    };
    const query = new GraphQLObjectType({ name: "Query", fields: { first: field, second: field } });
    const server = new ApolloServer<RequestContext>({ schema: new GraphQLSchema({ query }) });
    const { body } = await server.executeOperation({ query: "{ first second }" }, { contextValue: makeContext() });
    await server.stop();
    expect(body.kind === "single" ? body.singleResult : undefined).toMatchObject({
      data: { first: "row a", second: "row a" },
    });
    expect(batches).toEqual([["a"]]);
  });
});
