import { HubError } from "@alliance-hub/shared/hub-error";
import {
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  Lexer,
  parse,
  type SelectionSetNode,
  Source,
  type Token,
  TokenKind,
} from "graphql";

/** How large an operation may be. All but `maxTokens` are counted after every fragment is written out where it is spread. */
export interface OperationLimits {
  /** Lexical tokens of the whole document, comments too: each of them is an object for as long as the document is kept. */
  readonly maxTokens: number;
  /** Fields inside one another. `{ a { b } }` has depth 2; fragments add none. */
  readonly maxDepth: number;
  /** Fields whose alias differs from their name. */
  readonly maxAliases: number;
  /** Fields of the operation's root type. */
  readonly maxRootFields: number;
  /** Fields, inline fragments and fragment spreads. */
  readonly maxExpandedSelections: number;
  readonly maxDirectives: number;
}

/**
 * Room for what tools really send (the full introspection query: depth 15, some 300 tokens; operations of Relay and of
 * code generators: a few thousand tokens), far below what costs more than milliseconds to validate and plan.
 */
export const DEFAULT_OPERATION_LIMITS: OperationLimits = {
  maxTokens: 5_000,
  maxDepth: 20,
  maxAliases: 100,
  maxRootFields: 50,
  maxExpandedSelections: 5_000,
  maxDirectives: 200,
};

/** Size of a selection set with its fragments written out. Every number saturates: a fragment bomb has 2^30 fields and more. */
interface Size {
  readonly depth: number;
  /** Selection sets and fragments inside one another. */
  readonly nesting: number;
  readonly aliases: number;
  /** Fields on the selection set's own type: root fields when the set is an operation's. */
  readonly fields: number;
  readonly selections: number;
  readonly directives: number;
}

const NOTHING: Size = { depth: 0, nesting: 0, aliases: 0, fields: 0, selections: 0, directives: 0 };

/**
 * Selection sets and fragments inside one another that are followed at all. Inline fragments and chains of fragments add
 * no depth, so without this bound `{...{...{...` would exhaust the stack before any other limit is reached.
 */
const MAX_NESTING = 500;

/**
 * Brackets of all kinds inside one another, of values too. Our parser spends four stack frames on each; the planner's own
 * follows 50 and no more.
 */
const MAX_BRACKETS = 50;

/**
 * Parses a document of bounded size. Its tokens and brackets are counted first: the parser calls itself for every `{`
 * and `[`, so 5000 tokens suffice to exhaust the stack before there is a document to check.
 * @throws GraphQLError for a malformed document
 * @throws HubError LIMIT_EXCEEDED with the name of the limit
 */
export function parseWithinLimits(query: string, limits: OperationLimits): DocumentNode {
  checkSource(query, limits.maxTokens);
  const document = parse(query);
  checkOperationLimits(document, limits);
  return document;
}

function checkSource(query: string, maxTokens: number): void {
  const lexer = new Lexer(new Source(query));
  let tokens = 0;
  let brackets = 0;
  for (let token = advance(lexer); token !== undefined; token = advance(lexer)) {
    const isEnd = token.kind === TokenKind.EOF;
    tokens += countComments(token) + (isEnd ? 0 : 1);
    checkLimit("tokens", tokens, maxTokens);
    if (isEnd) {
      return;
    }
    if (OPENING.has(token.kind)) {
      brackets += 1;
      checkLimit("brackets", brackets, MAX_BRACKETS);
    } else if (CLOSING.has(token.kind)) {
      brackets -= 1;
    }
  }
}

const OPENING: ReadonlySet<TokenKind> = new Set([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const CLOSING: ReadonlySet<TokenKind> = new Set([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

/** The lexer skips comments, but keeps them between the tokens. */
function countComments({ prev }: Token): number {
  let comments = 0;
  for (let before = prev; before?.kind === TokenKind.COMMENT; before = before.prev) {
    comments += 1;
  }
  return comments;
}

/** The next token, or undefined where the text has none: the parser will say what is wrong there. */
function advance(lexer: Lexer): Token | undefined {
  try {
    return lexer.advance();
  } catch {
    return undefined;
  }
}

/**
 * Refuses a document one of whose operations or fragments is too large. Runs before validation, which is quadratic in places.
 * Takes time linear in the document: each fragment is measured once. Cycles and unknown fragments are left to validation.
 * @throws HubError LIMIT_EXCEEDED with the name of the limit
 */
export function checkOperationLimits(document: DocumentNode, limits: OperationLimits): void {
  const measure = new DocumentMeasure(document, limits.maxDepth);
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) {
      const own = countDirectives(definition.directives) + countVariableDirectives(definition.variableDefinitions);
      const size = measure.measureSelectionSet(definition.selectionSet);
      checkSize({ ...size, directives: add(size.directives, own) }, limits);
      checkLimit("rootFields", size.fields, limits.maxRootFields);
    } else if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      // Validation walks fragments that nobody spreads, too.
      checkSize(measure.measureFragment(definition), limits);
    }
  }
}

class DocumentMeasure {
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  readonly #sizes = new Map<FragmentDefinitionNode, Size>();
  readonly #open = new Set<FragmentDefinitionNode>();
  #nesting = 0;

  constructor(
    document: DocumentNode,
    readonly maxDepth: number,
  ) {
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) {
        this.#fragments.set(definition.name.value, definition);
      }
    }
  }

  measureFragment(fragment: FragmentDefinitionNode): Size {
    const known = this.#sizes.get(fragment);
    if (known !== undefined) {
      return known;
    }
    if (this.#open.has(fragment)) {
      return NOTHING;
    }
    this.#open.add(fragment);
    const size = this.measureSelectionSet(fragment.selectionSet, countDirectives(fragment.directives));
    this.#open.delete(fragment);
    this.#sizes.set(fragment, size);
    return size;
  }

  measureSelectionSet(selectionSet: SelectionSetNode, ownDirectives = 0): Size {
    this.#nesting += 1;
    if (this.#nesting > MAX_NESTING) {
      throw limitExceeded("depth", this.maxDepth);
    }
    let size: Size = { ...NOTHING, directives: ownDirectives };
    for (const selection of selectionSet.selections) {
      const directives = countDirectives(selection.directives);
      if (selection.kind === Kind.FIELD) {
        const inner = selection.selectionSet === undefined ? NOTHING : this.measureSelectionSet(selection.selectionSet);
        const isAliased = selection.alias !== undefined && selection.alias.value !== selection.name.value;
        size = join(size, { ...inner, depth: inner.depth + 1, fields: 1 }, directives, isAliased ? 1 : 0);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        size = join(size, this.measureSelectionSet(selection.selectionSet), directives, 0);
      } else {
        const fragment = this.#fragments.get(selection.name.value);
        size = join(size, fragment === undefined ? NOTHING : this.measureFragment(fragment), directives, 0);
      }
    }
    this.#nesting -= 1;
    // Measured from below as well: fragments that stand in the document before those that spread them are never nested here.
    if (size.nesting >= MAX_NESTING) {
      throw limitExceeded("depth", this.maxDepth);
    }
    return { ...size, nesting: size.nesting + 1 };
  }
}

/** The set's size so far and that of one more selection; `inner` is what stands inside the selection. */
function join(size: Size, inner: Size, directives: number, aliases: number): Size {
  return {
    depth: Math.max(size.depth, inner.depth),
    nesting: Math.max(size.nesting, inner.nesting),
    aliases: add(size.aliases, add(inner.aliases, aliases)),
    fields: add(size.fields, inner.fields),
    selections: add(size.selections, add(inner.selections, 1)),
    directives: add(size.directives, add(inner.directives, directives)),
  };
}

function add(left: number, right: number): number {
  return Math.min(left + right, Number.MAX_SAFE_INTEGER);
}

function countDirectives(directives: readonly DirectiveNode[] | undefined): number {
  return directives?.length ?? 0;
}

function countVariableDirectives(
  definitions: readonly { readonly directives?: readonly DirectiveNode[] }[] | undefined,
): number {
  return (definitions ?? []).reduce((sum, definition) => sum + countDirectives(definition.directives), 0);
}

function checkSize(size: Size, limits: OperationLimits): void {
  checkLimit("depth", size.depth, limits.maxDepth);
  checkLimit("aliases", size.aliases, limits.maxAliases);
  checkLimit("expandedSelections", size.selections, limits.maxExpandedSelections);
  checkLimit("directives", size.directives, limits.maxDirectives);
}

function checkLimit(name: LimitName, count: number, limit: number): void {
  if (count > limit) {
    throw limitExceeded(name, limit);
  }
}

type LimitName = "tokens" | "brackets" | "depth" | "aliases" | "rootFields" | "expandedSelections" | "directives";

const COUNTED: Record<LimitName, string> = {
  tokens: "tokens",
  brackets: "brackets inside one another",
  depth: "levels of fields inside one another",
  aliases: "aliased fields",
  rootFields: "root fields",
  expandedSelections: "selections once its fragments are written out",
  directives: "directives",
};

function limitExceeded(limit: LimitName, maximum: number): HubError {
  return new HubError("LIMIT_EXCEEDED", `The operation has more than ${maximum} ${COUNTED[limit]}: ask in parts.`, {
    limit,
  });
}
