import {
  type GraphQLNamedType,
  type GraphQLOutputType,
  getNamedType,
  isListType,
  isNonNullType,
  isObjectType,
} from "graphql";
import type { ErrorSink } from "./error-sink";
import { parseLeafData } from "./leaf-data";
import { createObjectData, isObjectData, type ObjectData } from "./object-data";
import { extendPath, listPath, type PathNode } from "./response-path";
import type { ResponseField, ResponseFields, ResponseSelection } from "./response-shape";

/** Stands for "null where null is not allowed": the nearest nullable value above becomes null. Its error is told already. */
const BROKEN = Symbol("broken");

/** GraphQL specification 6.4.3, CompleteValue, over what the subgraphs answered. */
export class ResponseCompleter {
  constructor(
    readonly errors: ErrorSink,
    /** Values of `__schema` and `__type`, by response key. */
    readonly introspection: Readonly<Record<string, unknown>>,
  ) {}

  /** The response's data: null when a non-null field of the root type failed. */
  completeRoot(selection: ResponseSelection, data: ObjectData): ObjectData | null {
    const completed = this.#completeFields(selection.fieldsOf(selection.type), selection.type, data, undefined);
    return completed === BROKEN ? null : completed;
  }

  #completeFields(
    fields: ResponseFields,
    type: GraphQLNamedType,
    data: ObjectData,
    path: PathNode | undefined,
  ): ObjectData | typeof BROKEN {
    const response = createObjectData();
    let isBroken = false;
    for (const field of fields) {
      const value = this.#completeField(field, type, data, extendPath(path, field.responseKey));
      if (value === BROKEN) {
        // The others are completed as well, so that all their errors are told.
        isBroken = true;
      } else {
        response[field.responseKey] = value;
      }
    }
    return isBroken ? BROKEN : response;
  }

  #completeField(field: ResponseField, type: GraphQLNamedType, data: ObjectData, path: PathNode): unknown {
    switch (field.kind) {
      case "typename":
        if (isObjectType(type)) {
          return type.name;
        }
        this.#reportNull(field, path);
        return BROKEN;
      case "introspection":
        return this.introspection[field.responseKey] ?? null;
      case "data":
        return this.#completeValue(field, field.type, data[field.planKey], path);
    }
  }

  #completeValue(field: ResponseField, type: GraphQLOutputType, value: unknown, path: PathNode): unknown {
    if (isNonNullType(type)) {
      const completed = this.#completeValue(field, type.ofType, value, path);
      if (completed === null) {
        this.#reportNull(field, path);
        return BROKEN;
      }
      return completed;
    }
    if (value === null || value === undefined) {
      return null;
    }
    const completed = isListType(type)
      ? this.#completeList(field, type.ofType, value, path)
      : this.#completeNamed(field, value, path);
    return completed === BROKEN ? null : completed;
  }

  #completeList(field: ResponseField, itemType: GraphQLOutputType, value: unknown, path: PathNode): unknown {
    if (!Array.isArray(value)) {
      return this.#reportWrongValue(field, path, "a list");
    }
    let isBroken = false;
    const items = value.map((item, index) => {
      const completed = this.#completeValue(field, itemType, item, extendPath(path, index));
      isBroken ||= completed === BROKEN;
      return completed;
    });
    return isBroken ? BROKEN : items;
  }

  #completeNamed(field: ResponseField, value: unknown, path: PathNode): unknown {
    if (field.readLeaf !== undefined) {
      const leaf = field.readLeaf(parseLeafData(value));
      return leaf === undefined
        ? this.#reportWrongValue(field, path, `a value of type ${getNamedType(field.type).name}`)
        : leaf;
    }
    const { selection } = field;
    if (selection === undefined || !isObjectData(value)) {
      return this.#reportWrongValue(field, path, "an object");
    }
    const type = selection.typeOf(value);
    return type === undefined
      ? this.#reportWrongValue(field, path, `an object of type ${selection.type.name}`)
      : this.#completeFields(selection.fieldsOf(type), type, value, path);
  }

  /** A null with an error told at, above or below it needs no second one. */
  #reportNull(field: ResponseField, pathNode: PathNode): void {
    const path = listPath(pathNode);
    if (!this.errors.explains(path)) {
      const message = `Cannot return null for non-nullable field ${field.coordinate}.`;
      this.errors.add({ code: "INTERNAL", message }, { path, nodes: field.nodes });
    }
  }

  /** What the value was is not said: it may be anything, also somebody's personal data. */
  #reportWrongValue(field: ResponseField, path: PathNode, expected: string): null {
    const message = `The subgraph sent for ${field.coordinate} what is not ${expected}.`;
    this.errors.add({ code: "INTERNAL", message }, { path: listPath(path), nodes: field.nodes });
    return null;
  }
}
