import { GraphQLScalarType, Kind } from "graphql";
import { HubError } from "../hub-error";
import { invariant } from "../invariant";

/** How a scalar that travels as text is checked. */
export interface TextScalarOptions {
  readonly name: string;
  /** Reaches the schema: form, unit, example. */
  readonly description: string;
  readonly specifiedByURL?: string;
  /** Longest accepted text; checked before anything else looks at it. */
  readonly maxLength: number;
  /** Whether the text is a value of the scalar. */
  readonly accepts: (text: string) => boolean;
  /** Which code a wrong value gets; IDENTIFIER_INVALID for identifiers with check characters. */
  readonly code?: "BAD_USER_INPUT" | "IDENTIFIER_INVALID";
}

/**
 * A custom scalar that is a string on the wire, in variables and in the program.
 * A wrong value of the caller is refused with a code of the catalogue and never echoed.
 */
export function makeTextScalar(options: TextScalarOptions): GraphQLScalarType<string, string> {
  const { name, description, specifiedByURL, maxLength, accepts, code = "BAD_USER_INPUT" } = options;
  const check = (value: unknown): string => {
    if (typeof value === "string" && value.length <= maxLength && accepts(value)) {
      return value;
    }
    throw new HubError(
      code,
      `Not a ${name}: ${description}`,
      code === "IDENTIFIER_INVALID" ? { kind: name } : { fields: [name] },
    );
  };
  return new GraphQLScalarType<string, string>({
    name,
    description,
    specifiedByURL,
    serialize(value) {
      // A value of our own that does not fit is our fault, not the caller's.
      invariant(typeof value === "string" && value.length <= maxLength && accepts(value), `not a ${name}`);
      return value;
    },
    parseValue: check,
    parseLiteral: (node) => check(node.kind === Kind.STRING ? node.value : undefined),
  });
}
