import {
  type GraphQLNamedType,
  type GraphQLOutputType,
  getNamedType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from "graphql";
import { printJson, printString } from "./json-text";
import { parseLeafData } from "./leaf-data";
import { createLeafTextReader } from "./leaf-texts";
import type { LeafReader } from "./leaf-values";
import { isObjectData, type ObjectData } from "./object-data";
import type { ResponseField, ResponseSelection } from "./response-shape";

/** The response's data as JSON text, or undefined where it is not as it should be: then the completer finds out why. */
export type ResponsePrinter = (data: ObjectData) => string | undefined;

/** The text of one value that is not null; undefined when it is not of its type. */
type ValuePrinter = (value: unknown) => string | undefined;

/**
 * Compiles the operation's shape to a function that prints the response straight from the data: no object is built that
 * would be printed afterwards. It knows only answers in which all is well. Whatever is not (a value of another type, a
 * null that is not allowed) is left to ResponseCompleter, the plain path, whose text it equals where it prints one.
 *
 * @returns undefined for an operation with `__schema` or `__type`
 */
export function compileResponsePrinter(shape: ResponseSelection): ResponsePrinter | undefined {
  const hasIntrospection = shape.fieldsOf(shape.type).some(({ kind }) => kind === "introspection");
  return hasIntrospection ? undefined : compileFields(shape, shape.type);
}

function compileFields(selection: ResponseSelection, type: GraphQLNamedType): ResponsePrinter {
  const keys: string[] = [];
  const heads: string[] = [];
  const printers: ValuePrinter[] = [];
  let text = "{";
  for (const field of selection.fieldsOf(type)) {
    text += `${text === "{" ? "" : ","}${printString(field.responseKey)}:`;
    if (field.kind === "data") {
      keys.push(field.planKey);
      heads.push(text);
      printers.push(compileNullable(field, field.type));
      text = "";
    } else if (isObjectType(type)) {
      text += printString(type.name);
    } else {
      return () => undefined;
    }
  }
  const tail = `${text}}`;
  return (data) => {
    let printed = "";
    for (let index = 0; index < keys.length; index += 1) {
      const value = (printers[index] as ValuePrinter)(data[keys[index] as string]);
      if (value === undefined) {
        return undefined;
      }
      printed += (heads[index] as string) + value;
    }
    return printed + tail;
  };
}

function compileNullable(field: ResponseField, type: GraphQLOutputType): ValuePrinter {
  if (isNonNullType(type)) {
    const print = compilePresent(field, type.ofType);
    return (value) => (value === null || value === undefined ? undefined : print(value));
  }
  const print = compilePresent(field, type);
  return (value) => (value === null || value === undefined ? "null" : print(value));
}

function compilePresent(field: ResponseField, type: GraphQLOutputType): ValuePrinter {
  if (isListType(type)) {
    return compileList(compileNullable(field, type.ofType));
  }
  const { readLeaf, selection } = field;
  if (readLeaf !== undefined) {
    return compileLeaf(type, readLeaf);
  }
  return selection === undefined ? () => undefined : compileObject(selection);
}

function compileLeaf(type: GraphQLOutputType, readLeaf: LeafReader): ValuePrinter {
  const namedType = getNamedType(type);
  const readText = isLeafType(namedType) ? createLeafTextReader(namedType) : undefined;
  if (readText !== undefined) {
    return (value) => (typeof value === "string" ? readText(value) : undefined);
  }
  return (value) => {
    if (typeof value === "string") {
      return value;
    }
    const leaf = readLeaf(parseLeafData(value));
    return leaf === undefined ? undefined : printJson(leaf);
  };
}

function compileList(printItem: ValuePrinter): ValuePrinter {
  return (value) => {
    if (!Array.isArray(value)) {
      return undefined;
    }
    let printed = "";
    for (let index = 0; index < value.length; index += 1) {
      const item = printItem(value[index]);
      if (item === undefined) {
        return undefined;
      }
      printed += index === 0 ? item : `,${item}`;
    }
    return `[${printed}]`;
  };
}

/** The fields of a type are compiled when the first object of it comes by: an interface may have a hundred types. */
function compileObject(selection: ResponseSelection): ValuePrinter {
  const printers = new Map<GraphQLNamedType, ResponsePrinter>();
  return (value) => {
    if (!isObjectData(value)) {
      return undefined;
    }
    const type = selection.typeOf(value);
    if (type === undefined) {
      return undefined;
    }
    let print = printers.get(type);
    if (print === undefined) {
      print = compileFields(selection, type);
      printers.set(type, print);
    }
    return print(value);
  };
}
