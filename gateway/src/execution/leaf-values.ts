import { type GraphQLLeafType, isEnumType, isSpecifiedScalarType } from "graphql";

/** Turns a leaf as a subgraph sent it into what the client gets. Undefined when it is not a value of the type. */
export type LeafReader = (value: unknown) => unknown;

const MAX_INT = 2_147_483_647;
const MIN_INT = -2_147_483_648;

/** JSON inside a custom scalar that is followed; printing a deeper value would exhaust the stack. */
const MAX_SCALAR_DEPTH = 64;

/** GraphQL specification 3.5: result coercion, done once more because the subgraph may not have done it. */
const BUILT_IN_READERS: Readonly<Record<string, LeafReader>> = {
  Int: (value) =>
    typeof value === "number" && Number.isInteger(value) && value >= MIN_INT && value <= MAX_INT ? value : undefined,
  Float: (value) => (typeof value === "number" && Number.isFinite(value) ? value : undefined),
  String: (value) => (typeof value === "string" ? value : undefined),
  Boolean: (value) => (typeof value === "boolean" ? value : undefined),
  ID: (value) => {
    if (typeof value === "string") {
      return value;
    }
    return typeof value === "number" && Number.isInteger(value) ? String(value) : undefined;
  },
};

export function createLeafReader(type: GraphQLLeafType): LeafReader {
  if (isEnumType(type)) {
    // Of the public schema: a value that is inaccessible there is no value.
    const names = new Set(type.getValues().map((value) => value.name));
    return (value) => (typeof value === "string" && names.has(value) ? value : undefined);
  }
  return (isSpecifiedScalarType(type) && BUILT_IN_READERS[type.name]) || readCustomScalar;
}

/** The gateway does not know what a custom scalar looks like: any JSON value is one. */
function readCustomScalar(value: unknown): unknown {
  return isPrintable(value) ? value : undefined;
}

/**
 * Whether a value from elsewhere can be printed as JSON: without exhausting the stack, and as what it is. JSON has numbers
 * that are parsed to Infinity, which would be printed as null where null may not be.
 */
export function isPrintable(value: unknown, depth = MAX_SCALAR_DEPTH): boolean {
  if (typeof value === "number") {
    return Number.isFinite(value);
  }
  if (typeof value !== "object" || value === null) {
    return true;
  }
  return depth > 0 && Object.values(value).every((item) => isPrintable(item, depth - 1));
}
