import { readFileSync } from "node:fs";
import { buildSchema, graphqlSync } from "graphql";
import { WHOLE_GRAPH_RESOLVERS } from "./resolvers.mjs";

const schema = buildSchema(readFileSync(new URL("whole-graph.graphql", import.meta.url), "utf8"));
for (const [typeName, fields] of Object.entries(WHOLE_GRAPH_RESOLVERS)) {
  for (const [fieldName, resolve] of Object.entries(fields)) {
    schema.getType(typeName).getFields()[fieldName].resolve = resolve;
  }
}

/** What a query answers when nothing is distributed. @throws Error when the query itself is wrong */
export function answerDirectly(query) {
  const { data, errors } = graphqlSync({ schema, source: query });
  if (errors !== undefined) {
    throw new Error(`The benchmark's own query fails: ${errors[0].message}`);
  }
  return JSON.parse(JSON.stringify(data));
}
