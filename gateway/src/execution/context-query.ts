import { invariant } from "@alliance-hub/shared/invariant";
import {
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  parseType,
  print,
  type SelectionNode,
  type SelectionSetNode,
  type VariableDefinitionNode,
  visit,
} from "graphql";
import type { ContextModel } from "../planning/contexts/context-model";
import type { ContextArgument } from "../planning/contexts/contextual-field";
import { findFreePrefix } from "../planning/find-free-prefix";
import type { FetchOperation } from "./executable-plan";
import { printBodyHead } from "./print-body-head";
import { removeUnused } from "./remove-unused";

/** Texts of one fetch that are kept: one for each number of different contexts that came by. */
const MAX_TEXTS = 100;

/** The operation of a fetch, written for as many different contexts as its entities have. */
export class ContextQuery {
  /** Response key of an `_entities` field -> the arguments to fill in there; only those that have some. */
  readonly slotsOf = new Map<string, ContextArgument[]>();
  readonly #operation: OperationDefinitionNode;
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  readonly #subgraph: string;
  readonly #model: ContextModel;
  readonly #prefix: string;
  readonly #texts = new Map<string, Pick<FetchOperation, "query" | "bodyHead">>();

  /**
   * @param entityKeys response keys of the `_entities` fields; none for a fetch of root fields
   * @throws InvariantViolation where a contextual field stands below the entities
   */
  constructor(
    document: DocumentNode,
    { subgraph }: FetchOperation,
    entityKeys: readonly string[],
    model: ContextModel,
  ) {
    this.#subgraph = subgraph;
    this.#model = model;
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) {
        this.#fragments.set(definition.name.value, definition);
      }
    }
    const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
    invariant(operation, "a fetch has an operation");
    const variables = operation.variableDefinitions?.map(({ variable }) => variable.name.value) ?? [];
    this.#prefix = findFreePrefix("_ctx_", variables);
    this.#operation = {
      ...operation,
      selectionSet: this.#writeRoot(operation.selectionSet, entityKeys),
    };
  }

  /** @param counts of contexts, by response key; an `_entities` field of which there is none is left out */
  print(counts: ReadonlyMap<string, number>): Pick<FetchOperation, "query" | "bodyHead"> {
    const id = JSON.stringify([...counts]);
    const known = this.#texts.get(id);
    if (known !== undefined) {
      return known;
    }
    const query = print(this.#write(counts));
    const text = { query, bodyHead: printBodyHead(query, this.#operation.name?.value) };
    if (this.#texts.size === MAX_TEXTS) {
      this.#texts.clear();
    }
    this.#texts.set(id, text);
    return text;
  }

  /** The response key of the n-th `_entities` field in place of one. */
  aliasOf(responseKey: string, index: number): string {
    return `${this.#prefix}${responseKey}_${index}`;
  }

  variableOf(responseKey: string, index: number, slot: number | "representations"): string {
    return `${this.aliasOf(responseKey, index)}_${slot}`;
  }

  #writeRoot({ selections }: SelectionSetNode, entityKeys: readonly string[]): SelectionSetNode {
    const written = selections.map((node): SelectionNode => {
      const key = node.kind === Kind.FIELD ? keyOf(node) : undefined;
      if (node.kind !== Kind.FIELD || key === undefined || !entityKeys.includes(key) || !node.selectionSet) {
        this.#refuseBelow(node, undefined);
        return node;
      }
      const slots: ContextArgument[] = [];
      const selectionSet = this.#writeEntities(node.selectionSet, undefined, slots);
      if (slots.length > 0) {
        this.slotsOf.set(key, slots);
      }
      return { ...node, selectionSet };
    });
    return { kind: Kind.SELECTION_SET, selections: written };
  }

  /** Fragments are written out: the same one may be spread in another `_entities` field, with another context. */
  #writeEntities(
    { selections }: SelectionSetNode,
    typeName: string | undefined,
    slots: ContextArgument[],
  ): SelectionSetNode {
    const written = selections.map((node): SelectionNode => {
      if (node.kind === Kind.FIELD) {
        this.#refuseBelow(node, typeName);
        return this.#fill(node, typeName, slots);
      }
      const fragment = node.kind === Kind.FRAGMENT_SPREAD ? this.#fragments.get(node.name.value) : node;
      invariant(fragment, "a fetch has the fragments that it spreads");
      const { typeCondition } = fragment;
      return {
        kind: Kind.INLINE_FRAGMENT,
        typeCondition,
        selectionSet: this.#writeEntities(fragment.selectionSet, typeCondition?.name.value ?? typeName, slots),
      };
    });
    return { kind: Kind.SELECTION_SET, selections: written };
  }

  #fill(field: FieldNode, typeName: string | undefined, slots: ContextArgument[]): FieldNode {
    const given = this.#argumentsOf(field, typeName);
    const filled = given.map((argument): ArgumentNode => {
      const value = {
        kind: Kind.VARIABLE,
        name: { kind: Kind.NAME, value: slotName(addSlot(slots, argument)) },
      } as const;
      return { kind: Kind.ARGUMENT, name: { kind: Kind.NAME, value: argument.name }, value };
    });
    return filled.length === 0 ? field : { ...field, arguments: [...(field.arguments ?? []), ...filled] };
  }

  #argumentsOf({ name }: FieldNode, typeName: string | undefined): readonly ContextArgument[] {
    const field = typeName === undefined ? undefined : this.#model.find(typeName, name.value);
    return field?.argumentsIn.get(this.#subgraph) ?? [];
  }

  /** Fields of the same name of other types are no matter. */
  #refuseBelow(node: SelectionNode, typeName: string | undefined): void {
    const below = node.kind === Kind.FIELD ? this.#model.typeOfField(typeName, node.name.value) : typeName;
    const fragment = node.kind === Kind.FRAGMENT_SPREAD ? this.#fragments.get(node.name.value) : node;
    const inner = fragment?.kind === Kind.FIELD ? below : (fragment?.typeCondition?.name.value ?? below);
    for (const child of fragment?.selectionSet?.selections ?? []) {
      invariant(
        child.kind !== Kind.FIELD || this.#argumentsOf(child, inner).length === 0,
        "a contextual field is asked for where its arguments cannot be filled",
      );
      this.#refuseBelow(child, inner);
    }
  }

  #write(counts: ReadonlyMap<string, number>): DocumentNode {
    const variableDefinitions: VariableDefinitionNode[] = [...(this.#operation.variableDefinitions ?? [])];
    const selections = this.#operation.selectionSet.selections.flatMap((node): readonly SelectionNode[] => {
      const key = node.kind === Kind.FIELD ? keyOf(node) : "";
      const count = counts.get(key) ?? 0;
      const slots = this.slotsOf.get(key);
      if (slots === undefined) {
        return count === 0 ? [] : [node];
      }
      return Array.from({ length: count }, (_, index) => {
        variableDefinitions.push(...this.#defineVariables(key, index, slots));
        return this.#writeCopy(node, key, index);
      });
    });
    return removeUnused({
      kind: Kind.DOCUMENT,
      definitions: [
        { ...this.#operation, variableDefinitions, selectionSet: { kind: Kind.SELECTION_SET, selections } },
        ...this.#fragments.values(),
      ],
    });
  }

  #defineVariables(key: string, index: number, slots: readonly ContextArgument[]): VariableDefinitionNode[] {
    const names: [string, string][] = [
      [this.variableOf(key, index, "representations"), "[_Any!]!"],
      ...slots.map(({ type }, slot): [string, string] => [this.variableOf(key, index, slot), type]),
    ];
    return names.map(([name, type]) => ({
      kind: Kind.VARIABLE_DEFINITION,
      variable: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: name } },
      type: parseType(type, { noLocation: true }),
    }));
  }

  #writeCopy(node: SelectionNode, key: string, index: number): SelectionNode {
    const copy = visit(node, {
      Variable: ({ name }) => {
        const slot = slotIndex(name.value);
        return slot === undefined
          ? undefined
          : { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: this.variableOf(key, index, slot) } };
      },
    });
    const representations: ArgumentNode = {
      kind: Kind.ARGUMENT,
      name: { kind: Kind.NAME, value: "representations" },
      value: {
        kind: Kind.VARIABLE,
        name: { kind: Kind.NAME, value: this.variableOf(key, index, "representations") },
      },
    };
    return {
      ...copy,
      alias: { kind: Kind.NAME, value: this.aliasOf(key, index) },
      arguments: [representations],
    } as FieldNode;
  }
}

function keyOf(field: FieldNode): string {
  return field.alias?.value ?? field.name.value;
}

function addSlot(slots: ContextArgument[], argument: ContextArgument): number {
  const known = slots.findIndex(
    ({ context, type, selection }) =>
      context === argument.context && type === argument.type && print(selection) === print(argument.selection),
  );
  return known === -1 ? slots.push(argument) - 1 : known;
}

/** No GraphQL name, so it can be no other variable's. */
function slotName(slot: number): string {
  return `#${slot}`;
}

function slotIndex(name: string): number | undefined {
  return name.startsWith("#") ? Number(name.slice(1)) : undefined;
}
