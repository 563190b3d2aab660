import { invariant } from "@alliance-hub/shared/invariant";
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type FragmentSpreadNode,
  getNamedType,
  getNullableType,
  type InlineFragmentNode,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from "graphql";
import { narrowFragment } from "../narrow-fragment";
import type { FlattenStepNode } from "../plan-node";
import { SelectionBudget } from "../selection-budget";
import type { Supergraph } from "../supergraph";
import type { ContextModel } from "./context-model";
import { ContextRequests } from "./context-requests";
import type { ContextualField, KeyGraph } from "./contextual-field";
import { SelectionScope } from "./selection-scope";

/** An operation in steps: what one of them asks for may depend on a context that an earlier one brings. */
export interface OperationSteps {
  /** In order, at least one. The planner plans each by itself; all but the first start at root fields of key graphs. */
  readonly documents: readonly DocumentNode[];
  /** Response key of such a root field -> where its object stands in the data. */
  readonly places: ReadonlyMap<string, readonly FlattenStepNode[]>;
}

/** Objects at one place whose contextual fields are asked for. */
interface EntryPoint {
  readonly alias: string;
  readonly entryField: string;
  readonly path: readonly FlattenStepNode[];
  readonly fields: FieldNode[];
}

/**
 * Takes contextual fields out of an operation. In their place stands the marker field of a key graph, so that the planner
 * fetches the object's key; the objects above are asked for the contexts' values; and the fields are asked for in a further
 * step, with whatever is below them.
 *
 * @param document as preparePlanDocument leaves it: with plan keys, without conditions
 * @returns undefined when the operation has no contextual field
 * @throws RequestRefused LIMIT_EXCEEDED: fragments are written out wherever they are spread
 */
export function splitByContext(
  document: DocumentNode,
  supergraph: Supergraph,
  model: ContextModel,
): OperationSteps | undefined {
  return mentionsContextualField(document, model) ? new ContextSplit(document, supergraph, model).run() : undefined;
}

function mentionsContextualField(document: DocumentNode, { fieldNames }: ContextModel): boolean {
  let isMentioned = false;
  visit(document, {
    Field({ name }) {
      isMentioned ||= fieldNames.has(name.value);
    },
  });
  return isMentioned;
}

const TYPENAME_FIELD: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: "__typename" } };

class ContextSplit {
  readonly #document: DocumentNode;
  readonly #supergraph: Supergraph;
  readonly #model: ContextModel;
  readonly #budget = new SelectionBudget();
  readonly #requests: ContextRequests;
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  /** By depth: how many contextual fields are above. */
  readonly #steps: Map<string, EntryPoint>[] = [];
  readonly #places = new Map<string, readonly FlattenStepNode[]>();

  constructor(document: DocumentNode, supergraph: Supergraph, model: ContextModel) {
    this.#document = document;
    this.#supergraph = supergraph;
    this.#model = model;
    this.#requests = new ContextRequests(supergraph, model);
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) {
        this.#fragments.set(definition.name.value, definition);
      }
    }
  }

  run(): OperationSteps | undefined {
    const operation = this.#document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
    const rootType = operation && this.#supergraph.publicSchema.getRootType(operation.operation);
    if (operation === undefined || !rootType) {
      return undefined;
    }
    const root = new SelectionScope(rootType, undefined, [], 0);
    const selectionSet = this.#writeSelectionSet(operation.selectionSet, root);
    if (this.#steps.length === 0) {
      // A field of the same name of another type.
      return undefined;
    }
    const first: OperationDefinitionNode = { ...operation, selectionSet };
    const documents = [first, ...this.#steps.map((entries) => startFrom(entries, operation))];
    return {
      documents: documents.map((definition) => ({ kind: Kind.DOCUMENT, definitions: [definition] })),
      places: this.#places,
    };
  }

  #writeSelectionSet({ selections }: SelectionSetNode, scope: SelectionScope): SelectionSetNode {
    const written = selections.flatMap((selection) => this.#writeSelection(selection, scope));
    return { kind: Kind.SELECTION_SET, selections: scope.addTo(written) };
  }

  #writeSelection(selection: SelectionNode, scope: SelectionScope): readonly SelectionNode[] {
    this.#budget.spend(1);
    if (selection.kind === Kind.FIELD) {
      return this.#writeField(selection, scope);
    }
    const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? this.#writeOut(selection) : selection;
    return narrowFragment(fragment, scope.type, this.#supergraph).flatMap(({ typeCondition, selectionSet }) =>
      this.#writeFragment(typeCondition?.name.value, selectionSet, scope),
    );
  }

  #writeOut({ name }: FragmentSpreadNode): InlineFragmentNode {
    const fragment = this.#fragments.get(name.value);
    invariant(fragment, "a valid operation has the fragments that it spreads");
    const { typeCondition, selectionSet } = fragment;
    return { kind: Kind.INLINE_FRAGMENT, typeCondition, selectionSet };
  }

  #writeFragment(
    condition: string | undefined,
    selectionSet: SelectionSetNode,
    scope: SelectionScope,
  ): InlineFragmentNode[] {
    const type = condition === undefined ? scope.type : this.#supergraph.publicSchema.getType(condition);
    if (!isCompositeType(type)) {
      return [];
    }
    // A fragment on an interface of the object changes nothing.
    const narrowed = isObjectType(scope.type) ? scope.type : type;
    const written = this.#writeSelectionSet(selectionSet, scope.narrowTo(narrowed));
    const typeCondition = narrowed === scope.type ? undefined : namedType(narrowed.name);
    return written.selections.length === 0
      ? []
      : [{ kind: Kind.INLINE_FRAGMENT, typeCondition, selectionSet: written }];
  }

  #writeField(field: FieldNode, scope: SelectionScope): readonly SelectionNode[] {
    const { type } = scope;
    const fieldName = field.name.value;
    if (!this.#model.fieldNames.has(fieldName)) {
      return [this.#writeBelow(field, scope, scope.depth)];
    }
    if (isObjectType(type)) {
      const contextual = this.#model.find(type.name, fieldName);
      if (contextual === undefined) {
        return [this.#writeBelow(field, scope, scope.depth)];
      }
      this.#takeOut(field, contextual, scope);
      return [];
    }
    const objectTypes = isInterfaceType(type) ? this.#supergraph.publicSchema.getPossibleTypes(type) : [];
    if (!objectTypes.some(({ name }) => this.#model.find(name, fieldName) !== undefined)) {
      return [this.#writeBelow(field, scope, scope.depth)];
    }
    // An interface that another subgraph knows.
    const own: SelectionSetNode = { kind: Kind.SELECTION_SET, selections: [field] };
    return objectTypes.flatMap(({ name }) => this.#writeFragment(name, own, scope));
  }

  #writeBelow(field: FieldNode, scope: SelectionScope, depth: number): FieldNode {
    const { type } = scope;
    const definition = isObjectType(type) || isInterfaceType(type) ? type.getFields()[field.name.value] : undefined;
    const named = definition && getNamedType(definition.type);
    if (field.selectionSet === undefined || !isCompositeType(named)) {
      return field;
    }
    const planKey = field.alias?.value ?? field.name.value;
    const isList = isListType(getNullableType(definition?.type));
    const inner = scope.enter(named, planKey, isList, depth);
    const { selections } = this.#writeSelectionSet(field.selectionSet, inner);
    const written = selections.length === 0 ? [TYPENAME_FIELD] : selections;
    return { ...field, selectionSet: { kind: Kind.SELECTION_SET, selections: written } };
  }

  #takeOut(field: FieldNode, contextual: ContextualField, scope: SelectionScope): void {
    const { keyGraph } = contextual;
    for (const contextArguments of contextual.argumentsIn.values()) {
      for (const argument of contextArguments) {
        this.#requests.ask(argument, scope.above);
      }
    }
    scope.add(markerOf(keyGraph));
    const step = this.#steps[scope.depth] ?? new Map<string, EntryPoint>();
    this.#steps[scope.depth] = step;
    const entry = this.#findEntry(step, contextual, scope);
    entry.fields.push(this.#writeBelow(field, scope, scope.depth + 1));
  }

  #findEntry(
    step: Map<string, EntryPoint>,
    { keyGraph, typeName }: ContextualField,
    scope: SelectionScope,
  ): EntryPoint {
    const id = JSON.stringify([keyGraph.graph, typeName, scope.path]);
    const known = step.get(id);
    if (known !== undefined) {
      return known;
    }
    const alias = `${this.#model.prefix}at_${this.#places.size}`;
    const entry: EntryPoint = {
      alias,
      entryField: keyGraph.entryFields.get(typeName) ?? "",
      path: scope.path,
      fields: [],
    };
    step.set(id, entry);
    this.#places.set(alias, scope.path);
    return entry;
  }
}

function startFrom(
  entries: ReadonlyMap<string, EntryPoint>,
  operation: OperationDefinitionNode,
): OperationDefinitionNode {
  const selections = [...entries.values()].map(
    ({ alias, entryField, fields }): FieldNode => ({
      kind: Kind.FIELD,
      alias: { kind: Kind.NAME, value: alias },
      name: { kind: Kind.NAME, value: entryField },
      selectionSet: { kind: Kind.SELECTION_SET, selections: fields },
    }),
  );
  // Whatever the operation does has been done: what is below a mutation's field is read like anything else.
  return {
    ...operation,
    operation: "query" as OperationDefinitionNode["operation"],
    selectionSet: { kind: Kind.SELECTION_SET, selections },
  };
}

function markerOf({ markerField }: KeyGraph): FieldNode {
  return { kind: Kind.FIELD, name: { kind: Kind.NAME, value: markerField } };
}

function namedType(name: string) {
  return { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: name } } as const;
}
