import { type FieldNode, Kind, type SelectionSetNode } from "graphql";
import type { TypeConditions } from "../type-conditions";
import type { ContextArgument, ContextualField, KeyGraph } from "./contextual-field";

/** What a supergraph says of contexts (Federation 2.8, `@context` and `@fromContext`), by name. */
export interface ContextDeclarations {
  readonly fields: readonly ContextualField[];
  readonly keyGraphs: readonly KeyGraph[];
  /** Context -> the types that set it: objects, interfaces and unions. */
  readonly setters: ReadonlyMap<string, ReadonlySet<string>>;
  /** Object or interface -> field -> named type of the field. */
  readonly fieldTypes: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Fields that may stand in the data under their own name with other arguments than none (see PlanKeys). */
  readonly ambiguousNames: ReadonlySet<string>;
  /** Begins no field's name. */
  readonly prefix: string;
}

/** Answers which fields need contexts, who sets them, and under which names their values stand in the data. */
export class ContextModel {
  /** To find out quickly that an operation has nothing to do with contexts. */
  readonly fieldNames: ReadonlySet<string>;
  readonly keyGraphs: readonly KeyGraph[];
  readonly prefix: string;
  readonly #fields = new Map<string, ContextualField>();
  readonly #setters: ContextDeclarations["setters"];
  readonly #ambiguousNames: ReadonlySet<string>;
  readonly #fieldTypes: ContextDeclarations["fieldTypes"];
  readonly #typeConditions: TypeConditions;

  constructor(declarations: ContextDeclarations, typeConditions: TypeConditions) {
    const { fields, keyGraphs, setters, fieldTypes, ambiguousNames, prefix } = declarations;
    this.fieldNames = new Set(fields.map(({ fieldName }) => fieldName));
    this.keyGraphs = keyGraphs;
    this.prefix = prefix;
    for (const field of fields) {
      this.#fields.set(`${field.typeName}.${field.fieldName}`, field);
    }
    this.#setters = setters;
    this.#fieldTypes = fieldTypes;
    this.#ambiguousNames = ambiguousNames;
    this.#typeConditions = typeConditions;
  }

  find(typeName: string, fieldName: string): ContextualField | undefined {
    return this.#fields.get(`${typeName}.${fieldName}`);
  }

  /** Whether the subgraph has arguments that must be filled in. */
  hasFieldsIn(subgraph: string): boolean {
    return [...this.#fields.values()].some(({ argumentsIn }) => argumentsIn.has(subgraph));
  }

  typeOfField(typeName: string | undefined, fieldName: string): string | undefined {
    return typeName === undefined ? undefined : this.#fieldTypes.get(typeName)?.get(fieldName);
  }

  isKeyGraph(subgraph: string): boolean {
    return this.keyGraphs.some((graph) => graph.subgraph === subgraph);
  }

  /** Whether the type itself says so. */
  isSetter(context: string, typeName: string): boolean {
    return this.#setters.get(context)?.has(typeName) === true;
  }

  /** Whether an object of the type sets the context: it says so, or an interface or union that it belongs to. */
  isSetBy(context: string, typeName: string): boolean {
    const setters = this.#setters.get(context) ?? [];
    for (const setter of setters) {
      if (setter === typeName || this.#typeConditions.possibleTypes.get(setter)?.has(typeName) === true) {
        return true;
      }
    }
    return false;
  }

  /** The field of such an object that has the value; undefined for a type that the selection has no fragment for. */
  valueFieldOf({ selection }: ContextArgument, typeName: string): FieldNode | undefined {
    return this.#findField(selection, typeName);
  }

  /**
   * The names under which an object's value may stand in the data: of its own type, of one that it belongs to, or the
   * field's own (see PlanKeys: what goes by that was asked for without arguments).
   */
  planKeysOf(argument: ContextArgument, typeName: string, fieldName: string): string[] {
    const abstract = [...(this.#setters.get(argument.context) ?? [])].filter(
      (setter) => setter !== typeName && !this.#typeConditions.isObjectType(setter),
    );
    const own = [typeName, ...abstract].map((name) => this.planKeyOf(name, fieldName));
    return this.isAmbiguous(fieldName) ? own : [...own, fieldName];
  }

  /** Whether a value under the field's own name may be that of other arguments. */
  isAmbiguous(fieldName: string): boolean {
    return this.#ambiguousNames.has(fieldName);
  }

  /**
   * The type is part of the name: fields of one name may be of two types in two members of a union, and one selection
   * cannot ask for both by the same name.
   */
  planKeyOf(typeName: string, fieldName: string): string {
    return `${this.prefix}${typeName.length}_${typeName}_${fieldName}`;
  }

  #findField({ selections }: SelectionSetNode, typeName: string): FieldNode | undefined {
    for (const node of selections) {
      if (node.kind === Kind.FIELD) {
        return node;
      }
      if (node.kind === Kind.INLINE_FRAGMENT) {
        const condition = node.typeCondition?.name.value ?? typeName;
        if (this.#typeConditions.matches(typeName, condition)) {
          return this.#findField(node.selectionSet, typeName);
        }
      }
    }
    return undefined;
  }
}
