import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLAbstractType,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from "graphql";
import { type Conditions, isIncluded } from "../planning/conditions";
import { isIntrospectionField } from "../planning/plan-document";
import type { PlanKeys } from "../planning/plan-keys";
import { createLeafReader, type LeafReader } from "./leaf-values";
import type { ObjectData } from "./object-data";
import { typenameOf } from "./selection-reader";

/** The fields of one object type at one place of the response, in the order of the operation. */
export type ResponseFields = readonly ResponseField[];

/** One field of the response: all its occurrences merged. */
export interface ResponseField {
  readonly responseKey: string;
  readonly planKey: string;
  /** `Need.title`, for messages. */
  readonly coordinate: string;
  readonly kind: "data" | "typename" | "introspection";
  readonly type: GraphQLOutputType;
  /** Of the named type within `type`. */
  readonly readLeaf: LeafReader | undefined;
  /** Undefined for a leaf. */
  readonly selection: ResponseSelection | undefined;
  readonly nodes: readonly FieldNode[];
}

/** The operation as the client wrote it; shared by all selections below it. */
export interface ShapeSource {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly planKeys: PlanKeys;
  /** Interfaces whose objects need not say their type (see preparePlanDocument). */
  readonly interfaceObjects: ReadonlySet<string>;
  /** A shape is made for one set of conditions. */
  readonly conditions: Conditions;
}

/** What the client selected on a composite type. Fields are collected once per object type, when the first one comes by. */
export class ResponseSelection {
  readonly #fieldsOf = new Map<string, ResponseFields>();
  readonly #abstractType: GraphQLAbstractType | undefined;

  constructor(
    readonly type: GraphQLNamedType,
    readonly selectionSets: readonly SelectionSetNode[],
    readonly source: ShapeSource,
  ) {
    this.#abstractType = isAbstractType(type) ? type : undefined;
  }

  /**
   * GraphQL specification 6.3.2, CollectFields, for an object of this type.
   * For an interface itself: the fields that do not depend on the object's type (see `@interfaceObject`).
   */
  fieldsOf(type: GraphQLNamedType): ResponseFields {
    const known = this.#fieldsOf.get(type.name);
    if (known !== undefined) {
      return known;
    }
    const nodesByKey = new Map<string, FieldNode[]>();
    for (const selectionSet of this.selectionSets) {
      this.#collect(selectionSet, type, nodesByKey, new Set());
    }
    const fields = [...nodesByKey].flatMap(([responseKey, nodes]) =>
      createField(responseKey, nodes, type, this.source),
    );
    this.#fieldsOf.set(type.name, fields);
    return fields;
  }

  /** The object's own type; undefined for one that is unknown, inaccessible or not possible here. */
  typeOf(value: ObjectData): GraphQLNamedType | undefined {
    const { type, source } = this;
    if (this.#abstractType === undefined) {
      return type;
    }
    const typeName = typenameOf(value);
    if (typeName === undefined || typeName === type.name) {
      // Of an @interfaceObject, whose type nobody had to know (see preparePlanDocument).
      return source.interfaceObjects.has(type.name) ? type : undefined;
    }
    const objectType = source.schema.getType(typeName);
    return isObjectType(objectType) && source.schema.isSubType(this.#abstractType, objectType) ? objectType : undefined;
  }

  #collect(
    selectionSet: SelectionSetNode,
    type: GraphQLNamedType,
    nodesByKey: Map<string, FieldNode[]>,
    visitedFragments: Set<string>,
  ): void {
    for (const selection of selectionSet.selections) {
      if (!isIncluded(selection, this.source.conditions)) {
        continue;
      }
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        nodesByKey.set(key, [...(nodesByKey.get(key) ?? []), selection]);
        continue;
      }
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        if (visitedFragments.has(selection.name.value)) {
          continue;
        }
        visitedFragments.add(selection.name.value);
      }
      const fragment =
        selection.kind === Kind.FRAGMENT_SPREAD ? this.source.fragments.get(selection.name.value) : selection;
      if (fragment !== undefined && this.#applies(fragment.typeCondition?.name.value, type)) {
        this.#collect(fragment.selectionSet, type, nodesByKey, visitedFragments);
      }
    }
  }

  #applies(condition: string | undefined, type: GraphQLNamedType): boolean {
    if (condition === undefined || condition === type.name) {
      return true;
    }
    const { schema } = this.source;
    const conditionType = schema.getType(condition);
    return (
      isAbstractType(conditionType) &&
      (isObjectType(type) || isInterfaceType(type)) &&
      schema.isSubType(conditionType, type)
    );
  }
}

function createField(
  responseKey: string,
  nodes: readonly FieldNode[],
  parentType: GraphQLNamedType,
  source: ShapeSource,
): ResponseField[] {
  const [node] = nodes;
  if (node === undefined) {
    return [];
  }
  const fieldName = node.name.value;
  const base = {
    responseKey,
    planKey: source.planKeys.keyOf(node),
    coordinate: `${parentType.name}.${fieldName}`,
    nodes,
  };
  const type = typeOfField(parentType, fieldName, source.schema);
  if (type === undefined) {
    return [];
  }
  if (fieldName === "__typename") {
    return [{ ...base, kind: "typename", type, readLeaf: undefined, selection: undefined }];
  }
  if (isIntrospectionField(fieldName)) {
    return [{ ...base, kind: "introspection", type, readLeaf: undefined, selection: undefined }];
  }
  const namedType = getNamedType(type);
  const selectionSets = nodes.flatMap((occurrence) => occurrence.selectionSet ?? []);
  return [
    {
      ...base,
      kind: "data",
      type,
      readLeaf: isLeafType(namedType) ? createLeafReader(namedType) : undefined,
      selection: isCompositeType(namedType) ? new ResponseSelection(namedType, selectionSets, source) : undefined,
    },
  ];
}

function typeOfField(
  parentType: GraphQLNamedType,
  fieldName: string,
  schema: GraphQLSchema,
): GraphQLOutputType | undefined {
  if (fieldName.startsWith("__")) {
    return schema.getType("String") as GraphQLOutputType | undefined;
  }
  return isObjectType(parentType) || isInterfaceType(parentType) ? parentType.getFields()[fieldName]?.type : undefined;
}
