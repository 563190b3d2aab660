/** The entities of one `_entities` field. */
export interface EntityGroup {
  readonly responseKey: string;
  /** The variable that holds the representations. */
  readonly variable: string;
  /** As JSON text, none twice. */
  readonly representations: readonly string[];
}

/**
 * A request that asks for entities and nothing else, in parts: two that differ only in their representations can be one
 * request, and each entity's answer stands for itself.
 */
export interface EntityQuestion {
  /** The request's JSON up to the value of `variables`. */
  readonly bodyHead: string;
  /** Members of the JSON object that is the value of `variables`, but for the representations; may be empty. */
  readonly otherVariables: string;
  readonly groups: readonly EntityGroup[];
}

/** The request's body. */
export function printEntityQuestion({ bodyHead, otherVariables, groups }: EntityQuestion): string {
  const lists = groups.map(({ variable, representations }) => `"${variable}":[${representations.join(",")}]`);
  const variables = otherVariables === "" ? lists : [otherVariables, ...lists];
  return `${bodyHead}{${variables.join(",")}}}`;
}
