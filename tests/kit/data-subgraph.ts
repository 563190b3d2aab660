import {
  type DocumentNode,
  GraphQLError,
  type InterfaceTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
  parse,
} from "graphql";
import { matchesReference, mergeDeep, type Row, readKeys } from "./data-rows";
import type { SubgraphFixture } from "./federation";

/** What one subgraph of a situation holds. How values are written is in tests/composition/README.md. */
export interface SubgraphData {
  /** Values of fields by type, for every object of the type that has no value of its own; root fields are here. */
  readonly fields?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Rows by type, found by the keys of the type. A type without rows takes a reference for the row itself. */
  readonly rows?: Readonly<Record<string, readonly Row[]>>;
  /** A subgraph that nobody reaches. */
  readonly isDown?: boolean;
}

type TypeNode = ObjectTypeDefinitionNode | ObjectTypeExtensionNode | InterfaceTypeDefinitionNode;

/**
 * A subgraph that answers from data. Its SDL is complete: with `@link`, or without for Federation 1.
 * @param servedSdl the schema that it executes, where that is not what it says of itself
 */
export function createDataSubgraph(sdl: string, data: SubgraphData, servedSdl = sdl): SubgraphFixture {
  const document = parse(servedSdl);
  const store = new DataStore(document, data);
  const resolvers: Record<string, Record<string, unknown>> = {};
  for (const definition of document.definitions) {
    switch (definition.kind) {
      case Kind.OBJECT_TYPE_DEFINITION:
      case Kind.OBJECT_TYPE_EXTENSION: {
        const name = definition.name.value;
        const fields = (definition.fields ?? []).map((field): [string, unknown] => [
          field.name.value,
          (source: Row | undefined, parameters: Row) => store.resolve(name, field.name.value, source ?? {}, parameters),
        ]);
        const reference = store.isEntity(name) ? { __resolveReference: store.referenceResolver(name) } : {};
        resolvers[name] = { ...resolvers[name], ...Object.fromEntries(fields), ...reference };
        break;
      }
      case Kind.INTERFACE_TYPE_DEFINITION:
      case Kind.UNION_TYPE_DEFINITION: {
        const name = definition.name.value;
        resolvers[name] = {
          __resolveType: (value: Row) => value["__typename"],
          ...(store.isEntity(name) && { __resolveReference: store.referenceResolver(name) }),
        };
        break;
      }
    }
  }
  return { link: "", typeDefs: sdl, servedTypeDefs: servedSdl, resolvers };
}

class DataStore {
  /** Type -> its keys; of all its definitions. */
  readonly #keys = new Map<string, ReturnType<typeof readKeys>>();
  readonly #implementers = new Map<string, string[]>();

  constructor(
    document: DocumentNode,
    readonly data: SubgraphData,
  ) {
    for (const definition of document.definitions) {
      if (isFielded(definition)) {
        const name = definition.name.value;
        this.#keys.set(name, [...(this.#keys.get(name) ?? []), ...readKeys(definition)]);
        for (const { name: parent } of definition.interfaces ?? []) {
          this.#implementers.set(parent.value, [...(this.#implementers.get(parent.value) ?? []), name]);
        }
      }
    }
  }

  isEntity(typeName: string): boolean {
    return (this.#keys.get(typeName) ?? []).length > 0;
  }

  referenceResolver(typeName: string): (reference: Row) => Row | null {
    return (reference) => this.#find({ ...reference, __typename: typeName });
  }

  resolve(typeName: string, fieldName: string, source: Row, parameters: Row): unknown {
    const value = Object.hasOwn(source, fieldName) ? source[fieldName] : this.data.fields?.[typeName]?.[fieldName];
    return this.#evaluate(value, source, parameters);
  }

  /** The row that a reference means, with what the reference itself says on top; null when there is none. */
  #find(reference: Row): Row | null {
    const typeName = String(reference["__typename"]);
    const candidates = [typeName, ...(this.#implementers.get(typeName) ?? [])].flatMap((name) =>
      (this.data.rows?.[name] ?? []).map((row): Row => ({ ...row, __typename: name })),
    );
    if (candidates.length === 0) {
      return reference;
    }
    const keys = this.#keys.get(typeName) ?? [];
    const row = candidates.find((candidate) => keys.some((key) => matchesReference(key, candidate, reference)));
    return row === undefined ? null : mergeDeep({ ...reference, __typename: row["__typename"] }, row);
  }

  #evaluate(value: unknown, source: Row, parameters: Row): unknown {
    if (typeof value === "string" && value.startsWith("=")) {
      return fillTemplate(value.slice(1), { ...source, ...prefixKeys(parameters) });
    }
    if (Array.isArray(value)) {
      return value.map((item) => {
        try {
          return this.#evaluate(item, source, parameters);
        } catch (error) {
          // An error in a list takes one item, as with a resolver's promise.
          return error;
        }
      });
    }
    if (typeof value !== "object" || value === null) {
      return value;
    }
    const object = value as Row;
    if (typeof object["$fail"] === "string") {
      throw new GraphQLError(object["$fail"], { extensions: { code: object["code"] } });
    }
    if (typeof object["$all"] === "string") {
      const typeName = object["$all"];
      return (this.data.rows?.[typeName] ?? []).map((row) => ({ ...row, __typename: typeName }));
    }
    const evaluated = Object.fromEntries(
      Object.entries(object).map(([key, item]) => [key, this.#evaluate(item, source, parameters)]),
    );
    return typeof evaluated["__typename"] === "string" && this.isEntity(evaluated["__typename"])
      ? this.#find(evaluated)
      : evaluated;
  }
}

function isFielded(definition: { readonly kind: Kind }): definition is TypeNode {
  return (
    definition.kind === Kind.OBJECT_TYPE_DEFINITION ||
    definition.kind === Kind.OBJECT_TYPE_EXTENSION ||
    definition.kind === Kind.INTERFACE_TYPE_DEFINITION
  );
}

function prefixKeys(parameters: Row): Row {
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [`$${name}`, value]));
}

/** `{price}` alone is the value itself; between other characters it is text, objects as JSON, a list's items with commas. */
function fillTemplate(template: string, values: Row): unknown {
  const [whole, path] = /^\{([^{}]+)\}$/.exec(template) ?? [];
  return whole !== undefined && path !== undefined
    ? readPath(values, path)
    : template.replaceAll(/\{([^{}]+)\}/g, (_match, inner: string) => printValue(readPath(values, inner)));
}

function printValue(value: unknown): string {
  const isOfObjects = (Array.isArray(value) ? value : [value]).some(
    (item) => typeof item === "object" && item !== null,
  );
  return isOfObjects ? JSON.stringify(value) : String(value);
}

/** @throws Error for what is not there: a value that the gateway had to send and did not */
function readPath(values: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((value, key) => readKey(value, key), values);
}

function readKey(value: unknown, key: string): unknown {
  if (value === null) {
    return null;
  }
  if (Array.isArray(value)) {
    return value.map((item) => readKey(item, key));
  }
  if (typeof value !== "object" || !Object.hasOwn(value, key)) {
    throw new Error(`${key} was not sent`);
  }
  return (value as Row)[key];
}
