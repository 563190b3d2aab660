import { type DocumentNode, Kind, parse, print, stripIgnoredCharacters } from "graphql";

/** One operation as a TypeScript client writes it. */
export interface TypedOperation {
  /** Unique among all: the generator takes types from operations' names. */
  readonly name: string;
  readonly text: string;
}

/**
 * Operations of one text each and of unique names. The same operation on two pages counts once; one without a name gets
 * one, and so does one of another's name.
 */
export function nameOperations(texts: readonly string[]): TypedOperation[] {
  const named = new Map<string, TypedOperation>();
  const names = new Set<string>();
  for (const text of texts) {
    const document = parse(text);
    const key = stripIgnoredCharacters(print(document));
    if (named.has(key)) {
      continue;
    }
    const name = findFreeName(document, names);
    names.add(name);
    named.set(key, { name, text: print(renameOperation(document, name)) });
  }
  return [...named.values()];
}

function findFreeName({ definitions }: DocumentNode, taken: ReadonlySet<string>): string {
  const operation = definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const wanted = operation?.name?.value ?? "Unnamed";
  let name = wanted;
  for (let serial = 2; taken.has(name); serial++) {
    name = `${wanted}${serial}`;
  }
  return name;
}

function renameOperation(document: DocumentNode, name: string): DocumentNode {
  return {
    ...document,
    definitions: document.definitions.map((definition) =>
      definition.kind === Kind.OPERATION_DEFINITION
        ? { ...definition, name: { kind: Kind.NAME, value: name } }
        : definition,
    ),
  };
}

/**
 * A client's source: every operation, and lines that must not compile. Were a result `any`, or a variable's type lost,
 * the compiler would say that an expected error is missing.
 */
export function writeClientSource(operations: readonly TypedOperation[]): string {
  const parts = operations.map(
    ({ name, text }) => `
export const ${name} = graphql(\`${text}\`);
export function use${name}(result: ResultOf<typeof ${name}>, variables: VariablesOf<typeof ${name}>): void {
  const typed: object = result;
  // @ts-expect-error a result is no number
  const isNumber: number = result;
  // @ts-expect-error no such field
  console.log(typed, isNumber, variables, result.noSuchField);
}`,
  );
  return `import { graphql } from "./generated";
import type { ResultOf, VariablesOf } from "@graphql-typed-document-node/core";
${parts.join("\n")}
`;
}
