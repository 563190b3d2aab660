import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  isTypeDefinitionNode,
  isTypeExtensionNode,
  Kind,
  type SelectionSetNode,
  type TypeDefinitionNode,
  type TypeExtensionNode,
} from "graphql";
import { type FederationNames, readFederationNames } from "./federation-names";
import { parseFieldSet } from "./field-set";

/** One type of one subgraph: its definition and all its extensions together. */
export interface SubgraphType {
  readonly name: string;
  readonly kind: "scalar" | "object" | "interface" | "union" | "enum" | "input";
  /** As written, in order: what may stand once in each of them is checked here. */
  readonly declarations: readonly (TypeDefinitionNode | TypeExtensionNode)[];
  readonly directives: readonly ConstDirectiveNode[];
  readonly interfaces: readonly string[];
  /** Fields of objects and interfaces. */
  readonly fields: ReadonlyMap<string, FieldDefinitionNode>;
  readonly inputFields: ReadonlyMap<string, InputValueDefinitionNode>;
  /** Members of a union, values of an enum. */
  readonly members: readonly string[];
}

type Annotated = { readonly directives?: readonly ConstDirectiveNode[] };

/** Directives of the federation that the rules read. */
export type FederationDirective =
  | "key"
  | "requires"
  | "provides"
  | "external"
  | "shareable"
  | "override"
  | "interfaceObject"
  | "fromContext"
  | "authenticated"
  | "requiresScopes"
  | "policy";

/** One subgraph as the composition rules read it: types by name, directives by their meaning, whatever they are called here. */
export class SubgraphSchema {
  readonly types: ReadonlyMap<string, SubgraphType>;
  readonly names: FederationNames;
  readonly #fieldSets = new Map<string, SelectionSetNode | undefined>();

  constructor(
    readonly name: string,
    readonly document: DocumentNode,
  ) {
    this.names = readFederationNames(document);
    this.types = readTypes(document);
  }

  uses(node: Annotated | undefined, directive: FederationDirective): readonly ConstDirectiveNode[] {
    const localName = this.names.localNameOf(directive);
    return node?.directives?.filter(({ name }) => name.value === localName) ?? [];
  }

  has(node: Annotated | undefined, directive: FederationDirective): boolean {
    return this.uses(node, directive).length > 0;
  }

  /** The fields that the directive's `fields` argument selects; undefined when it is not a selection. */
  readFieldSet(directive: ConstDirectiveNode): SelectionSetNode | undefined {
    const value = directive.arguments?.find(({ name }) => name.value === "fields")?.value;
    if (value?.kind !== Kind.STRING) {
      return undefined;
    }
    if (!this.#fieldSets.has(value.value)) {
      this.#fieldSets.set(value.value, parseFieldSet(value.value));
    }
    return this.#fieldSets.get(value.value);
  }

  /** Object types that a value of the type may have here. */
  possibleTypes(typeName: string): readonly string[] {
    const type = this.types.get(typeName);
    switch (type?.kind) {
      case "object":
        return [typeName];
      case "union":
        return type.members;
      case "interface":
        return [...this.types.values()]
          .filter(({ kind, interfaces }) => kind === "object" && interfaces.includes(typeName))
          .map(({ name }) => name);
      default:
        return [];
    }
  }
}

function readTypes(document: DocumentNode): Map<string, SubgraphType> {
  const declarations = new Map<string, (TypeDefinitionNode | TypeExtensionNode)[]>();
  for (const definition of document.definitions) {
    if (isTypeDeclaration(definition)) {
      const known = declarations.get(definition.name.value);
      if (known === undefined) {
        declarations.set(definition.name.value, [definition]);
      } else {
        known.push(definition);
      }
    }
  }
  return new Map([...declarations].map(([name, nodes]) => [name, readType(name, nodes)]));
}

function isTypeDeclaration(definition: DefinitionNode): definition is TypeDefinitionNode | TypeExtensionNode {
  return isTypeDefinitionNode(definition) || isTypeExtensionNode(definition);
}

const KINDS = {
  [Kind.SCALAR_TYPE_DEFINITION]: "scalar",
  [Kind.SCALAR_TYPE_EXTENSION]: "scalar",
  [Kind.OBJECT_TYPE_DEFINITION]: "object",
  [Kind.OBJECT_TYPE_EXTENSION]: "object",
  [Kind.INTERFACE_TYPE_DEFINITION]: "interface",
  [Kind.INTERFACE_TYPE_EXTENSION]: "interface",
  [Kind.UNION_TYPE_DEFINITION]: "union",
  [Kind.UNION_TYPE_EXTENSION]: "union",
  [Kind.ENUM_TYPE_DEFINITION]: "enum",
  [Kind.ENUM_TYPE_EXTENSION]: "enum",
  [Kind.INPUT_OBJECT_TYPE_DEFINITION]: "input",
  [Kind.INPUT_OBJECT_TYPE_EXTENSION]: "input",
} as const;

function readType(name: string, declarations: readonly (TypeDefinitionNode | TypeExtensionNode)[]): SubgraphType {
  const fields = new Map<string, FieldDefinitionNode>();
  const inputFields = new Map<string, InputValueDefinitionNode>();
  for (const node of declarations) {
    for (const field of "fields" in node ? (node.fields ?? []) : []) {
      if (field.kind === Kind.FIELD_DEFINITION) {
        fields.set(field.name.value, field);
      } else {
        inputFields.set(field.name.value, field);
      }
    }
  }
  const namesIn = (key: "interfaces" | "types" | "values") =>
    declarations.flatMap((node) =>
      ((node as Readonly<Partial<Record<typeof key, readonly Named[]>>>)[key] ?? []).map(
        ({ name: inner }) => inner.value,
      ),
    );
  return {
    name,
    kind: KINDS[(declarations[0] as TypeDefinitionNode | TypeExtensionNode).kind],
    declarations,
    directives: declarations.flatMap((node) => node.directives ?? []),
    interfaces: namesIn("interfaces"),
    fields,
    inputFields,
    members: [...namesIn("types"), ...namesIn("values")],
  };
}

interface Named {
  readonly name: { readonly value: string };
}
