import { parseGlobalId, typeOfKind } from "@alliance-hub/shared/global-id";
import { HubError } from "@alliance-hub/shared/hub-error";
import {
  buildSchema,
  type DocumentNode,
  execute,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  isObjectType,
  parse,
} from "graphql";
import type { SubgraphTransport } from "../egress/subgraph-transport";
import type { SubgraphCaller } from "../partitions/subgraph-caller";
import { readNodeHomes } from "./node-homes";
import { type NodeAddress, NodeLookup } from "./node-lookup";

export interface NodeTransportOptions {
  readonly supergraph: DocumentNode;
  readonly callSubgraph: SubgraphCaller;
}

const MAX_IDS = 100;

/** The gateway's own subgraph: `Query.node` and `Query.nodes`, answered in process by asking the rows' homes. */
export function createNodeTransport({ supergraph, callSubgraph }: NodeTransportOptions): SubgraphTransport {
  const homes = readNodeHomes(supergraph);
  const schema = createNodeSchema(homes);
  return {
    async execute({ query, operationName, variables, authorizationClass, requestId, deadlineAtMs, signal }) {
      const lookup = new NodeLookup(callSubgraph, { authorizationClass, requestId, deadlineAtMs, signal });
      const { data, errors } = await execute({
        schema,
        document: parse(query, { noLocation: true }),
        operationName,
        variableValues: variables,
        contextValue: lookup,
      });
      const { asked } = lookup;
      return errors === undefined ? { data, asked } : { data, errors: errors.map((error) => error.toJSON()), asked };
    },
    async close() {},
  };
}

function createNodeSchema(homes: ReadonlyMap<string, string>): GraphQLSchema {
  const stubs = [...homes.keys()].map((typeName) => `type ${typeName} implements Node { id: ID! }`);
  const schema = buildSchema(`
    interface Node { id: ID! }
    type Query { node(id: ID!): Node nodes(ids: [ID!]!): [Node]! }
    ${stubs.join("\n")}
  `);
  const resolveNode: GraphQLFieldResolver<unknown, NodeLookup, { id: string }> = (_source, { id }, lookup) =>
    lookup.find(findAddress(id, "id", homes));
  const resolveNodes: GraphQLFieldResolver<unknown, NodeLookup, { ids: readonly string[] }> = (
    _source,
    { ids },
    lookup,
  ) => {
    if (ids.length > MAX_IDS) {
      throw new HubError("LIMIT_EXCEEDED", `nodes takes at most ${MAX_IDS} ids.`, { limit: "ids" });
    }
    // An id that is none fails at its own place in the list; the others are answered.
    return ids.map(async (id) => lookup.find(findAddress(id, "ids", homes)));
  };
  const queryType = schema.getQueryType();
  if (isObjectType(queryType)) {
    Object.assign(queryType.getFields()["node"] ?? {}, { resolve: resolveNode });
    Object.assign(queryType.getFields()["nodes"] ?? {}, { resolve: resolveNodes });
  }
  return schema;
}

/** @throws HubError BAD_USER_INPUT for what is no id, or the id of a type that cannot be fetched */
function findAddress(id: string, field: string, homes: ReadonlyMap<string, string>): NodeAddress {
  const parsed = parseGlobalId(id);
  const typeName = parsed && typeOfKind(parsed.kind);
  const home = typeName && homes.get(typeName);
  if (!typeName || !home) {
    throw new HubError("BAD_USER_INPUT", `${field} must name rows of the alliance by their ids.`, { fields: [field] });
  }
  return { __typename: typeName, id, home };
}
