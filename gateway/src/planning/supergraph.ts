import { createHash } from "node:crypto";
import { type DocumentNode, type GraphQLSchema, Kind, parse } from "graphql";
import { readSupergraphMembers } from "../composition/read-subgraph-addresses";
import { findDirectives, readBooleanArgument } from "../composition/supergraph-directives";
import { type ComputedFields, readComputedFields } from "./computed-fields";
import type { ContextModel } from "./contexts/context-model";
import { readContexts } from "./contexts/read-contexts";
import { buildPublicSchema } from "./public-schema";
import { readSharedFields, type SharedFields } from "./shared-fields";
import { TypeConditions } from "./type-conditions";

/** A composed supergraph, read once. */
export interface Supergraph {
  /** SHA-256 of the text. Every cache of plans, documents or answers has it in its key: two schemas never share an entry. */
  readonly schemaId: string;
  readonly document: DocumentNode;
  /** What clients see. */
  readonly publicSchema: GraphQLSchema;
  readonly typeConditions: TypeConditions;
  /** Interfaces that some subgraph knows as `@interfaceObject`: there it cannot say which type a value has. */
  readonly interfaceObjects: ReadonlySet<string>;
  readonly computedFields: ComputedFields;
  /** Undefined when no argument comes from a context. */
  readonly contexts: ContextModel | undefined;
  readonly sharedFields: SharedFields;
  /** Subgraph name -> address. */
  readonly subgraphs: ReadonlyMap<string, string>;
}

/** @throws GraphQLError for a malformed supergraph, or one whose public schema is not valid */
export function readSupergraph(supergraphSdl: string): Supergraph {
  const document = parse(supergraphSdl, { noLocation: true });
  const members = readSupergraphMembers(document);
  const typeConditions = readTypeConditions(document);
  return {
    schemaId: createHash("sha256").update(supergraphSdl).digest("hex"),
    document,
    publicSchema: buildPublicSchema(document),
    typeConditions,
    contexts: readContexts(document, typeConditions),
    interfaceObjects: findInterfaceObjects(document),
    computedFields: readComputedFields(document),
    sharedFields: readSharedFields(document),
    subgraphs: new Map(members.map(({ name, url }) => [name, url])),
  };
}

function readTypeConditions(document: DocumentNode): TypeConditions {
  const objectTypes = new Set<string>();
  const possibleTypes = new Map<string, Set<string>>();
  const add = (abstractType: string, objectType: string) => {
    possibleTypes.set(abstractType, (possibleTypes.get(abstractType) ?? new Set()).add(objectType));
  };
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OBJECT_TYPE_DEFINITION) {
      objectTypes.add(definition.name.value);
      for (const { name } of definition.interfaces ?? []) {
        add(name.value, definition.name.value);
      }
    } else if (definition.kind === Kind.UNION_TYPE_DEFINITION) {
      for (const { name } of definition.types ?? []) {
        add(definition.name.value, name.value);
      }
    }
  }
  return new TypeConditions(objectTypes, possibleTypes);
}

function findInterfaceObjects(document: DocumentNode): Set<string> {
  const names = new Set<string>();
  for (const definition of document.definitions) {
    if (
      definition.kind === Kind.INTERFACE_TYPE_DEFINITION &&
      findDirectives(definition, "join__type").some((node) => readBooleanArgument(node, "isInterfaceObject", false))
    ) {
      names.add(definition.name.value);
    }
  }
  return names;
}
