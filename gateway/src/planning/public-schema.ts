import {
  assertValidSchema,
  buildASTSchema,
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type GraphQLSchema,
  type InputValueDefinitionNode,
  Kind,
  type TypeNode,
} from "graphql";
import { readStringArgument } from "../composition/supergraph-directives";

/** Directives whose meaning clients know. All others of a supergraph are between gateway and subgraphs. */
const PUBLIC_DIRECTIVES = new Set(["deprecated", "specifiedBy", "oneOf"]);

const EXECUTABLE_LOCATIONS = new Set([
  "QUERY",
  "MUTATION",
  "SUBSCRIPTION",
  "FIELD",
  "FRAGMENT_DEFINITION",
  "FRAGMENT_SPREAD",
  "INLINE_FRAGMENT",
  "VARIABLE_DEFINITION",
]);

/**
 * The schema that clients see: the supergraph without the federation's own types and directives, and without whatever
 * is `@inaccessible`. Descriptions, deprecations, defaults and scalar addresses stay.
 * @throws GraphQLError when what remains is not a valid schema (a public field of an inaccessible type)
 */
export function buildPublicSchema(supergraph: DocumentNode): GraphQLSchema {
  const machinery = new Machinery(supergraph);
  const hidden = new Set<string>();
  for (const definition of supergraph.definitions) {
    if ("name" in definition && definition.name !== undefined && isInaccessible(definition)) {
      hidden.add(definition.name.value);
    }
  }
  const definitions = supergraph.definitions.flatMap((definition) => publish(definition, machinery, hidden));
  const schema = buildASTSchema({ kind: Kind.DOCUMENT, definitions }, { assumeValidSDL: true });
  assertValidSchema(schema);
  return schema;
}

/** The names that the linked specifications (join, link, tag, ...) bring along: `join__Graph`, `@join__type`, `@tag`. */
class Machinery {
  readonly #namespaces = new Set(["join", "link", "core"]);

  constructor(supergraph: DocumentNode) {
    for (const definition of supergraph.definitions) {
      if (definition.kind !== Kind.SCHEMA_DEFINITION && definition.kind !== Kind.SCHEMA_EXTENSION) {
        continue;
      }
      for (const directive of definition.directives ?? []) {
        const name = readStringArgument(directive, "as") ?? namespaceOfUrl(readStringArgument(directive, "url") ?? "");
        if (name !== undefined) {
          this.#namespaces.add(name);
        }
      }
    }
  }

  hasType(name: string): boolean {
    const separator = name.indexOf("__");
    return separator > 0 && this.#namespaces.has(name.slice(0, separator));
  }
}

/** `https://specs.apollo.dev/join/v0.3` -> `join`. */
function namespaceOfUrl(url: string): string | undefined {
  const parts = url.split("/").filter((part) => part !== "");
  const last = parts.at(-1);
  return last !== undefined && /^v\d/.test(last) ? parts.at(-2) : last;
}

function publish(definition: DefinitionNode, machinery: Machinery, hidden: ReadonlySet<string>): DefinitionNode[] {
  switch (definition.kind) {
    case Kind.SCHEMA_DEFINITION: {
      const operationTypes = definition.operationTypes.filter(({ type }) => !hidden.has(type.name.value));
      return [{ ...definition, directives: [], operationTypes }];
    }
    case Kind.DIRECTIVE_DEFINITION: {
      const locations = definition.locations.filter(({ value }) => EXECUTABLE_LOCATIONS.has(value));
      const isOfMachinery = machinery.hasType(definition.name.value) || PUBLIC_DIRECTIVES.has(definition.name.value);
      return locations.length === 0 || isOfMachinery ? [] : [{ ...definition, locations }];
    }
    case Kind.SCALAR_TYPE_DEFINITION:
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION:
    case Kind.UNION_TYPE_DEFINITION:
    case Kind.ENUM_TYPE_DEFINITION:
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      return hidden.has(definition.name.value) || machinery.hasType(definition.name.value)
        ? []
        : [publishType(definition, hidden)];
    default:
      return [];
  }
}

function publishType(definition: DefinitionNode, hidden: ReadonlySet<string>): DefinitionNode {
  switch (definition.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION:
      return {
        ...definition,
        directives: publishDirectives(definition.directives),
        interfaces: definition.interfaces?.filter(({ name }) => !hidden.has(name.value)),
        fields: definition.fields
          ?.filter((field) => !isInaccessible(field) && !hidden.has(namedTypeOf(field.type)))
          .map((field) => publishField(field, hidden)),
      };
    case Kind.UNION_TYPE_DEFINITION:
      return {
        ...definition,
        directives: publishDirectives(definition.directives),
        types: definition.types?.filter(({ name }) => !hidden.has(name.value)),
      };
    case Kind.ENUM_TYPE_DEFINITION:
      return {
        ...definition,
        directives: publishDirectives(definition.directives),
        values: definition.values
          ?.filter((value) => !isInaccessible(value))
          .map((value) => ({ ...value, directives: publishDirectives(value.directives) })),
      };
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      return {
        ...definition,
        directives: publishDirectives(definition.directives),
        fields: definition.fields && publishInputs(definition.fields, hidden),
      };
    case Kind.SCALAR_TYPE_DEFINITION:
      return { ...definition, directives: publishDirectives(definition.directives) };
    default:
      return definition;
  }
}

function publishField(field: FieldDefinitionNode, hidden: ReadonlySet<string>): FieldDefinitionNode {
  return {
    ...field,
    directives: publishDirectives(field.directives),
    arguments: field.arguments && publishInputs(field.arguments, hidden),
  };
}

function publishInputs(
  inputs: readonly InputValueDefinitionNode[],
  hidden: ReadonlySet<string>,
): InputValueDefinitionNode[] {
  return inputs
    .filter((input) => !isInaccessible(input) && !hidden.has(namedTypeOf(input.type)))
    .map((input) => ({ ...input, directives: publishDirectives(input.directives) }));
}

function publishDirectives(directives: readonly ConstDirectiveNode[] | undefined): ConstDirectiveNode[] {
  return directives?.filter((directive) => PUBLIC_DIRECTIVES.has(directive.name.value)) ?? [];
}

function isInaccessible(node: object): boolean {
  const { directives } = node as { readonly directives?: readonly ConstDirectiveNode[] };
  return directives?.some((directive) => directive.name.value === "inaccessible") === true;
}

function namedTypeOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedTypeOf(type.type);
}
