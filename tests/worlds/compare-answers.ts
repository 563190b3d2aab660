import type { GatewayResponse } from "@alliance-hub/gateway/request/graphql-request";

type Path = readonly (string | number)[];
type Told = readonly { readonly path?: Path; readonly extensions: { readonly code: string } }[];

/**
 * What differs between the answer of a federation and that of one schema over the same data; undefined when nothing does. Data
 * must be equal to the letter, the order of fields too. A null can have several reasons, and each engine stops at another one
 * of them: where an error is at the null itself, path and code must be equal; where the null came up from below, both must
 * tell a reason of theirs from below it. No error is told twice, or of a value that is there.
 */
export function compareAnswers(actual: GatewayResponse, expected: GatewayResponse): string | undefined {
  const [actualText, expectedText] = [JSON.stringify(actual.data), JSON.stringify(expected.data)];
  if (actual.kind !== "executed" || actualText !== expectedText) {
    return `data: ${actualText ?? JSON.stringify(actual)}\nexpected: ${expectedText}`;
  }
  const [told, due] = [groupByNull(actual), groupByNull(expected)];
  for (const [region, errors] of due) {
    const others = told.get(region);
    if (others === undefined) {
      return `no error at ${region}, expected ${JSON.stringify(errors)}`;
    }
    const [exact] = errors.filter(({ path }) => JSON.stringify(path) === region);
    if (exact !== undefined && others.every(({ extensions }) => extensions.code !== exact.extensions.code)) {
      return `other errors at ${region}: ${JSON.stringify(others)}, expected ${JSON.stringify(errors)}`;
    }
  }
  for (const [region, errors] of told) {
    if (!due.has(region)) {
      return `an error too many at ${region}: ${JSON.stringify(errors)}`;
    }
    const paths = errors.map(({ path }) => JSON.stringify(path));
    if (new Set(paths).size !== paths.length) {
      return `told twice at ${region}: ${paths}`;
    }
  }
  return undefined;
}

/** Errors by the path, as JSON, of the null that they explain. */
function groupByNull({ data, errors = [] }: GatewayResponse): Map<string, Told> {
  const groups = new Map<string, Told>();
  for (const error of errors as Told) {
    const region = JSON.stringify(nulledRegion(data, error.path ?? []));
    groups.set(region, [...(groups.get(region) ?? []), error]);
  }
  return groups;
}

/** The part of a path that leads to the first null; of a value that is there, the text that says so. */
function nulledRegion(data: unknown, path: Path): Path | string {
  let value = data;
  for (const [index, key] of path.entries()) {
    if (value === null || value === undefined) {
      return path.slice(0, index);
    }
    value = (value as Record<string, unknown>)[key];
  }
  return value === null ? path : `${path.join(".")}, which is there`;
}
