import { type DocumentNode, Kind, print, visit } from "graphql";
import { remember } from "./remember";

/** Names that every JavaScript object answers to and that GraphQL allows. */
const PROTOTYPE_NAMES = [
  "constructor",
  "hasOwnProperty",
  "isPrototypeOf",
  "propertyIsEnumerable",
  "toLocaleString",
  "toString",
  "valueOf",
];

const ANY_NAME = new RegExp(`\\b(?:${PROTOTYPE_NAMES.join("|")})\\b`, "g");

/** Arguments of the federation's directives that hold names inside a text. */
const ARGUMENTS_WITH_NAMES = new Set(["fields", "field"]);

/**
 * The composition library keeps types and fields in plain objects and takes `constructor` for one that it has seen. So
 * such names are others while it works.
 */
export class PrototypeNames {
  /** Added to each of the names; occurs in none of the documents. */
  readonly #mark: string;
  readonly #isNeeded: boolean;

  constructor(documents: readonly DocumentNode[]) {
    this.#isNeeded = documents.some((document) => readText(document).hasPrototypeNames);
    let mark = "_own";
    while (this.#isNeeded && documents.some((document) => readText(document).text.includes(mark))) {
      mark += "_";
    }
    this.#mark = mark;
  }

  hideIn(document: DocumentNode): DocumentNode {
    if (!readText(document).hasPrototypeNames) {
      return document;
    }
    return visit(document, {
      Name: (node) => (PROTOTYPE_NAMES.includes(node.value) ? { ...node, value: node.value + this.#mark } : undefined),
      Argument: {
        leave: (node) =>
          ARGUMENTS_WITH_NAMES.has(node.name.value) && node.value.kind === Kind.STRING
            ? { ...node, value: { ...node.value, value: this.#hideInText(node.value.value) } }
            : undefined,
      },
    });
  }

  /** Puts the names back into whatever text came of the documents. */
  restoreIn(text: string): string {
    return this.#isNeeded ? text.replaceAll(this.#mark, "") : text;
  }

  #hideInText(text: string): string {
    return text.replaceAll(ANY_NAME, (name) => name + this.#mark);
  }
}

/** Printed, because a string of the source may hold such a name in escapes. */
const readText = remember((document: DocumentNode) => {
  const text = print(document);
  return { text, hasPrototypeNames: text.search(ANY_NAME) !== -1 };
});
