import {
  buildASTSchema,
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  FieldsOnCorrectTypeRule,
  GraphQLError,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  KnownTypeNamesRule,
  PossibleFragmentSpreadsRule,
  parse,
  ScalarLeafsRule,
  validate,
} from "graphql";
import { findDirectives, readStringArgument } from "../composition/supergraph-directives";

/**
 * What keeps a supergraph of unknown origin from being served; empty when nothing does.
 * The planner is compiled code that ends the whole process where it meets a missing root type or a field set that does not
 * fit its type, so these are looked for before it is asked. What we compose ourselves has passed stricter rules.
 */
export function findSupergraphFaults(document: DocumentNode): readonly string[] {
  let schema: GraphQLSchema;
  try {
    schema = buildASTSchema(document, { assumeValidSDL: true });
    if (!isObjectType(schema.getQueryType())) {
      return ["It has no query type."];
    }
    // Field types are looked up when they are first read.
    for (const type of Object.values(schema.getTypeMap())) {
      if (isObjectType(type) || isInterfaceType(type)) {
        type.getFields();
      }
    }
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
  const namingFaults = hidesByAnotherName(document) ? ["It renames @inaccessible: what it hides would be shown."] : [];
  const faultsOfTypes = document.definitions.flatMap((definition) => {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) {
      return [];
    }
    const typeName = definition.name.value;
    return [
      ...fieldSetFaults(schema, typeName, typeName, findDirectives(definition, "join__type"), "key"),
      ...(definition.fields ?? []).flatMap((field) => findFieldFaults(schema, typeName, field)),
    ];
  });
  return [...namingFaults, ...faultsOfTypes];
}

/** Whether the supergraph links the specification of `@inaccessible` under another name (`as`, or an import). */
function hidesByAnotherName(document: DocumentNode): boolean {
  return document.definitions
    .filter((definition) => definition.kind === Kind.SCHEMA_DEFINITION || definition.kind === Kind.SCHEMA_EXTENSION)
    .flatMap((definition) => [...findDirectives(definition, "link"), ...findDirectives(definition, "core")])
    .filter((link) =>
      /\/inaccessible\/v[0-9]/.test(readStringArgument(link, "url") ?? readStringArgument(link, "feature") ?? ""),
    )
    .some((link) => {
      const name = readStringArgument(link, "as") ?? "inaccessible";
      const hasImports = link.arguments?.some((argument) => argument.name.value === "import") === true;
      return name !== "inaccessible" || hasImports;
    });
}

function findFieldFaults(schema: GraphQLSchema, typeName: string, field: FieldDefinitionNode): string[] {
  const place = `${typeName}.${field.name.value}`;
  const uses = findDirectives(field, "join__field");
  const type = schema.getType(typeName);
  const fieldType =
    isObjectType(type) || isInterfaceType(type) ? getNamedType(type.getFields()[field.name.value]?.type) : undefined;
  return [
    ...fieldSetFaults(schema, place, typeName, uses, "requires"),
    ...fieldSetFaults(schema, place, fieldType?.name ?? typeName, uses, "provides"),
  ];
}

/** Field sets are selection sets without the outer braces (Federation specification, scalar FieldSet). */
function fieldSetFaults(
  schema: GraphQLSchema,
  place: string,
  typeName: string,
  directives: readonly ConstDirectiveNode[],
  argument: "key" | "requires" | "provides",
): string[] {
  return directives.flatMap((directive) => {
    const fieldSet = readStringArgument(directive, argument);
    if (fieldSet === undefined) {
      return [];
    }
    try {
      const fragment = parse(`fragment FieldSet on ${typeName} { ${fieldSet} }`, { maxTokens: 1_000 });
      const [fault] = validate(schema, fragment, RULES);
      return fault === undefined ? [] : [`${place}, ${argument} "${fieldSet}": ${fault.message}`];
    } catch (error) {
      return error instanceof GraphQLError ? [`${place}, ${argument} "${fieldSet}": ${error.message}`] : [];
    }
  });
}

const RULES = [FieldsOnCorrectTypeRule, ScalarLeafsRule, KnownTypeNamesRule, PossibleFragmentSpreadsRule];
