import { type GraphQLOutputType, isEnumType, isLeafType, isListType, isNonNullType } from "graphql";

/** JSON strings without escapes. */
const PLAIN_STRING = '"[^"\\\\\\x00-\\x1f]*"';

/** All JSON strings (RFC 8259 section 7). No character can be read in two ways, so a mismatch is found in linear time. */
const ANY_STRING = '"[^"\\\\\\x00-\\x1f]*(?:\\\\(?:["\\\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\\\\x00-\\x1f]*)*"';

/** As they are printed: no zero before other digits, no `-0`; more digits than a double keeps are not taken. */
const INTEGER = "0|-?[1-9][0-9]{0,14}";

const NUMBER = "-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?";

/** Of an object type, by GraphQL's grammar. */
export const TYPE_NAME = '"([_A-Za-z][_0-9A-Za-z]*)"';

/**
 * A regular expression's source for the JSON text of a leaf, in one group: null or a value that can be of the type. Undefined
 * for lists of lists, which are left to the parser. Objects are no value of any type here, though a custom scalar may be one.
 */
export function leafPattern(type: GraphQLOutputType | undefined, hasEscapes: boolean): string | undefined {
  const value = type !== undefined && isNonNullType(type) ? type.ofType : type;
  if (value === undefined || !isListType(value)) {
    return `(${valuePattern(value, hasEscapes)}|null)`;
  }
  const item: GraphQLOutputType = isNonNullType(value.ofType) ? value.ofType.ofType : value.ofType;
  if (isListType(item)) {
    return undefined;
  }
  const items = `(?:${valuePattern(item, hasEscapes)}|null)`;
  return `(\\[(?:${items}(?:,${items})*)?\\]|null)`;
}

function valuePattern(type: GraphQLOutputType | undefined, hasEscapes: boolean): string {
  const text = hasEscapes ? ANY_STRING : PLAIN_STRING;
  if (type === undefined || !isLeafType(type)) {
    return `${text}|${NUMBER}|true|false`;
  }
  if (isEnumType(type)) {
    return PLAIN_STRING;
  }
  switch (type.name) {
    case "String":
      return text;
    case "ID":
      return `${text}|${INTEGER}`;
    case "Int":
      return INTEGER;
    case "Float":
      return NUMBER;
    case "Boolean":
      return "true|false";
    default:
      return `${text}|${NUMBER}|true|false`;
  }
}
