import { invariant } from "@alliance-hub/shared/invariant";
import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  isUnionType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";
import { type Conditions, isIncluded } from "../conditions";
import type { ValidOperation } from "../planner";
import { type CostFormula, clamp, evaluateFormula, productOf, sumOf } from "./cost-formula";
import type { CostRules, FieldCostRule } from "./cost-rules";
import { compileArgumentCosts } from "./input-cost";
import { type IntrospectionSizes, WHOLE_SCHEMA_COST } from "./introspection-cost";
import { countListLevels, innerListSize, type ListSize, readListSize } from "./list-size";

/** What a graph's costs depend on; the same for all of its operations. */
export interface CostModel {
  readonly schema: GraphQLSchema;
  readonly rules: CostRules;
  readonly introspection: IntrospectionSizes;
}

const COMPOSITE_WEIGHT = 1;
const LEAF_WEIGHT = 0;

/** A change costs more than what it returns: transactions, locks, events. */
const MUTATION_FIELD_WEIGHT = 10;

/**
 * The cost of a valid operation: objects that its answer can hold, weighed by `@cost`, and what its arguments bring.
 * Fields and fragments count as often as they are written: an upper bound, found in time linear in the selections that
 * `maxExpandedSelections` allows.
 */
export function compileCost({ operation, fragments }: ValidOperation, model: CostModel): CostFormula {
  const rootType = model.schema.getRootType(operation.operation);
  invariant(rootType, "a valid operation has a root type");
  const compiler = new CostCompiler(model, fragments, operation.operation === "mutation" ? rootType : undefined);
  return compiler.compileSelectionSet(operation.selectionSet, rootType, undefined);
}

class CostCompiler {
  constructor(
    readonly model: CostModel,
    readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    readonly mutationType: GraphQLCompositeType | undefined,
  ) {}

  /** @param page set when the object is a page: how many items some of its fields hold */
  compileSelectionSet(
    { selections }: SelectionSetNode,
    parentType: GraphQLCompositeType,
    page: ListSize | undefined,
  ): CostFormula {
    return sumOf(
      selections.map((selection) => conditional(selection, () => this.#compileSelection(selection, parentType, page))),
    );
  }

  #compileSelection(
    selection: SelectionNode,
    parentType: GraphQLCompositeType,
    page: ListSize | undefined,
  ): CostFormula {
    if (selection.kind === Kind.FIELD) {
      return this.#compileField(selection, parentType, page);
    }
    const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? this.fragments.get(selection.name.value) : selection;
    invariant(fragment, "a valid document has the fragments that it spreads");
    const type = fragment.typeCondition && this.model.schema.getType(fragment.typeCondition.name.value);
    return this.compileSelectionSet(fragment.selectionSet, isCompositeType(type) ? type : parentType, page);
  }

  #compileField(node: FieldNode, parentType: GraphQLCompositeType, page: ListSize | undefined): CostFormula {
    const { rules, introspection } = this.model;
    const name = node.name.value;
    if (name === "__typename") {
      return 0;
    }
    if (name === "__schema" || name === "__type") {
      const share = WHOLE_SCHEMA_COST / introspection.elements;
      const objects = this.#countIntrospection(node.selectionSet);
      return typeof objects === "number" ? clamp(objects * share) : (variables) => clamp(objects(variables) * share);
    }
    const field = fieldOf(parentType, name);
    const rule = this.#ruleOf(parentType, name);
    const own = readListSize(node, field, rule?.listSize);
    const levels = countListLevels(field);
    const size = page?.sizedFields.has(name) === true ? page.size : own.size;
    const returned = getNamedType(field.type);
    const children =
      node.selectionSet !== undefined && isCompositeType(returned)
        ? this.compileSelectionSet(node.selectionSet, returned, own.sizedFields.size > 0 ? own : undefined)
        : 0;
    const each = sumOf([clamp(rule?.weight ?? this.#weightOf(returned)), children]);
    return sumOf([
      parentType === this.mutationType ? MUTATION_FIELD_WEIGHT : 0,
      compileArgumentCosts(node, field, rule, rules),
      levels === 0 ? withCheck(rule, own, each) : productOf(productOf(size, innerListSize(levels)), each),
    ]);
  }

  /** Objects of the introspection types. Their lists are as long as the schema's are on average. */
  #countIntrospection(selectionSet: SelectionSetNode | undefined): CostFormula {
    return sumOf(
      (selectionSet?.selections ?? []).map((selection) =>
        conditional(selection, () => {
          if (selection.kind !== Kind.FIELD) {
            const fragment =
              selection.kind === Kind.FRAGMENT_SPREAD ? this.fragments.get(selection.name.value) : selection;
            return this.#countIntrospection(fragment?.selectionSet);
          }
          if (selection.selectionSet === undefined) {
            return 0;
          }
          const inner = this.#countIntrospection(selection.selectionSet);
          const size = this.model.introspection.lists.get(selection.name.value);
          // `type` and `ofType` lead from wrapper to wrapper, and mostly end at once.
          return size === undefined ? inner : productOf(size, sumOf([1, inner]));
        }),
      ),
    );
  }

  /** The field's own rule; for an interface's field without one, the dearest of the types that implement it. */
  #ruleOf(parentType: GraphQLCompositeType, fieldName: string): FieldCostRule | undefined {
    const { schema, rules } = this.model;
    const own = rules.fields.get(`${parentType.name}.${fieldName}`);
    if (own !== undefined || !isInterfaceType(parentType)) {
      return own;
    }
    return schema
      .getPossibleTypes(parentType)
      .flatMap(({ name }) => rules.fields.get(`${name}.${fieldName}`) ?? [])
      .reduce<FieldCostRule | undefined>(
        (dearest, rule) => (dearest === undefined ? rule : dearer(dearest, rule)),
        undefined,
      );
  }

  #weightOf(type: GraphQLNamedType): number {
    const { typeWeights } = this.model.rules;
    if (isAbstractType(type)) {
      return this.model.schema
        .getPossibleTypes(type)
        .reduce((weight, { name }) => Math.max(weight, typeWeights.get(name) ?? COMPOSITE_WEIGHT), 0);
    }
    return typeWeights.get(type.name) ?? (isObjectType(type) ? COMPOSITE_WEIGHT : LEAF_WEIGHT);
  }
}

function dearer(left: FieldCostRule, right: FieldCostRule): FieldCostRule {
  return {
    weight: left.weight === undefined ? right.weight : Math.max(left.weight, right.weight ?? 0),
    listSize: (left.listSize?.assumedSize ?? 0) >= (right.listSize?.assumedSize ?? 0) ? left.listSize : right.listSize,
    argumentWeights: new Map([...left.argumentWeights, ...right.argumentWeights]),
  };
}

/** A page whose items nobody asks for must give its slicing argument all the same. */
function withCheck(rule: FieldCostRule | undefined, { size }: ListSize, cost: CostFormula): CostFormula {
  return rule?.listSize?.isOneArgumentRequired !== true || typeof size === "number"
    ? cost
    : (variables) => {
        size(variables);
        return evaluateFormula(cost, variables);
      };
}

/** Nothing where `@skip` or `@include` leave the selection out, which may be known only with the variables. */
function conditional(selection: SelectionNode, compile: () => CostFormula): CostFormula {
  const hasCondition = selection.directives?.some(({ name }) => name.value === "skip" || name.value === "include");
  const cost = compile();
  return hasCondition !== true
    ? cost
    : (variables) => (isIncluded(selection, variables as Conditions) ? evaluateFormula(cost, variables) : 0);
}

function fieldOf(type: GraphQLCompositeType, fieldName: string): GraphQLField<unknown, unknown> {
  const field = isUnionType(type) ? undefined : type.getFields()[fieldName];
  invariant(field, "a valid operation asks for fields that there are");
  return field;
}
