import { readFileSync } from "node:fs";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { execute, parse, validate } from "graphql";
import { RESOLVERS } from "./resolvers.mjs";

export const SUBGRAPH_NAMES = Object.keys(RESOLVERS);

/** Federation SDL of one subgraph. */
export function readSubgraphSdl(name) {
  return readFileSync(new URL(`${name}.graphql`, import.meta.url), "utf8");
}

const schemas = new Map(
  SUBGRAPH_NAMES.map((name) => [
    name,
    buildSubgraphSchema([{ typeDefs: parse(readSubgraphSdl(name)), resolvers: RESOLVERS[name] }]),
  ]),
);

/** Answers one GraphQL request as a subgraph does, wrong queries included. */
export async function executeRequest(name, { query, variables, operationName }) {
  const schema = schemas.get(name);
  const document = parse(query);
  const errors = validate(schema, document);
  return errors.length > 0
    ? { errors }
    : execute({ schema, document, variableValues: variables, operationName, contextValue: {} });
}
