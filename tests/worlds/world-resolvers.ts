import { buildSchema, type GraphQLSchema, isAbstractType, isObjectType } from "graphql";
import type { SubgraphFixture } from "../kit/federation";
import { type Holding, KEYED_INTERFACE, nameOfType, type World, type WorldField, type WorldSubgraph } from "./world";
import { printSubgraphSdl } from "./world-sdl";
import type { Arguments, Handle, WorldValues } from "./world-values";

type Resolver = (source: Handle | undefined, parameters: Arguments) => unknown;
type Resolvers = Record<string, Record<string, unknown>>;

/** The whole, as if nothing had been cut. */
export function createMonolithSchema(world: World, values: WorldValues, sdl: string): GraphQLSchema {
  const schema = buildSchema(sdl);
  const media = world.types.get(KEYED_INTERFACE);
  for (const type of Object.values(schema.getTypeMap())) {
    const own = world.types.get(type.name);
    if (isObjectType(type) && own !== undefined) {
      for (const field of Object.values(type.getFields())) {
        const [typeName, found] = own.fields.has(field.name)
          ? [type.name, own.fields.get(field.name)]
          : [KEYED_INTERFACE, media?.fields.get(field.name)];
        if (found !== undefined) {
          field.resolve = resolverOf(values, typeName, found);
        }
      }
    } else if (isAbstractType(type)) {
      type.resolveType = resolveType;
    }
  }
  return schema;
}

/** One subgraph: it resolves what it has, of what it knows and of what it is sent, and refuses all else. */
export function createWorldSubgraph(world: World, values: WorldValues, subgraph: WorldSubgraph): SubgraphFixture {
  const resolvers: Resolvers = {};
  for (const [name, { keys, holdings }] of subgraph.parts) {
    const type = world.types.get(name);
    const own = [...holdings].flatMap(([fieldName, holding]): [string, Resolver][] => {
      const field = type?.fields.get(fieldName);
      if (field === undefined) {
        return [];
      }
      const resolve = resolverOf(values, name, field, subgraph);
      return [[fieldName, guard(resolve, fieldName, holding)]];
    });
    const resolvable = keys.filter(({ isResolvable }) => isResolvable).map(({ fields }) => fields);
    resolvers[name] = {
      ...Object.fromEntries(own),
      ...(resolvable.length > 0 && { __resolveReference: referenceResolver(values, name, resolvable) }),
    };
  }
  for (const name of subgraph.members.keys()) {
    const isKeyed = name === KEYED_INTERFACE;
    const __resolveReference = referenceResolver(values, name, ["id"], true);
    resolvers[name] = { __resolveType: resolveType, ...(isKeyed && { __resolveReference }) };
  }
  return { link: "", typeDefs: printSubgraphSdl(world, subgraph), resolvers };
}

/** @param isInterface of an interface, whose rows tell their own type; an object type calls all of them by its name */
function referenceResolver(values: WorldValues, name: string, keys: readonly string[], isInterface = false) {
  return (reference: Readonly<Record<string, unknown>>): Handle | null => {
    const found = values.find(name, keys, reference);
    return found && { ...found, __typename: isInterface ? found.type : name, representation: reference };
  };
}

function resolverOf(values: WorldValues, typeName: string, field: WorldField, subgraph?: WorldSubgraph): Resolver {
  // In a subgraph that has the interface as an object, that is what all its rows are.
  const isRenamed = nameOfType(field.type) === KEYED_INTERFACE && subgraph?.parts.has(KEYED_INTERFACE) === true;
  return (source, parameters) => {
    if (field.requires !== undefined && subgraph !== undefined) {
      return values.compute(field, values.readRequired(field, source?.representation ?? {}));
    }
    const handle = source ?? { __typename: typeName, type: typeName, row: "root" };
    const value = values.read(typeName, field, handle, parameters);
    return isRenamed ? mapDeep(value, (item) => ({ ...item, __typename: KEYED_INTERFACE })) : value;
  };
}

/** A subgraph resolves no field that it does not have, so that nothing is right by chance. */
function guard(resolve: Resolver, fieldName: string, { how, provides }: Holding): Resolver {
  if (how === "taken") {
    return () => fail(`${fieldName} has moved`);
  }
  if (how === "external") {
    return (source, parameters) =>
      source?.provided === fieldName ? resolve(source, parameters) : fail(`${fieldName} is of others`);
  }
  return provides === undefined ? resolve : (source, parameters) => provide(resolve(source, parameters), provides);
}

function provide(value: unknown, provided: string | undefined): unknown {
  return mapDeep(value, (item) => ({ ...item, ...(provided !== undefined && { provided }) }));
}

function mapDeep(value: unknown, change: (item: Handle) => Handle): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => mapDeep(item, change));
  }
  return typeof value === "object" && value !== null && "row" in value ? change(value as Handle) : value;
}

function resolveType(value: Handle): string {
  return value.__typename;
}

function fail(text: string): never {
  throw new Error(text);
}
