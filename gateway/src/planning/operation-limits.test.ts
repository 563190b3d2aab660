import { HubError } from "@alliance-hub/shared/hub-error";
import fc from "fast-check";
import { type DocumentNode, GraphQLError, getIntrospectionQuery, Kind, parse, type SelectionSetNode } from "graphql";
import {
  checkOperationLimits,
  DEFAULT_OPERATION_LIMITS,
  type OperationLimits,
  parseWithinLimits,
} from "./operation-limits";

const NO_LIMITS: OperationLimits = {
  maxTokens: Number.MAX_SAFE_INTEGER,
  maxDepth: Number.MAX_SAFE_INTEGER,
  maxAliases: Number.MAX_SAFE_INTEGER,
  maxRootFields: Number.MAX_SAFE_INTEGER,
  maxExpandedSelections: Number.MAX_SAFE_INTEGER,
  maxDirectives: Number.MAX_SAFE_INTEGER,
};

function exceededLimit(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    if (error instanceof HubError && error.code === "LIMIT_EXCEEDED") {
      return error.extensions["limit"];
    }
    throw error;
  }
  return undefined;
}

function exceededBy(query: string, limits: Partial<OperationLimits>): unknown {
  return exceededLimit(() => checkOperationLimits(parse(query), { ...NO_LIMITS, ...limits }));
}

/** 2^levels fields in `3 * levels` lines. */
function fragmentBomb(levels: number): string {
  const links = Array.from(
    { length: levels },
    (_, level) => `fragment f${level} on Q { ...f${level + 1} ...f${level + 1} }`,
  );
  return `query { ...f0 } ${links.join(" ")} fragment f${levels} on Q { leaf: name @skip(if: false) }`;
}

describe("checkOperationLimits()", () => {
  it("accepts the introspection query with every option", () => {
    const query = getIntrospectionQuery({
      descriptions: true,
      specifiedByUrl: true,
      directiveIsRepeatable: true,
      schemaDescription: true,
      inputValueDeprecation: true,
      oneOf: true,
    });
    expect(exceededLimit(() => checkOperationLimits(parse(query), DEFAULT_OPERATION_LIMITS))).toBeUndefined();
  });

  it.each([
    ["depth", "{ a { b { c } } }", { maxDepth: 2 }, { maxDepth: 3 }],
    ["depth", "{ ...F } fragment F on Q { a { ...G } } fragment G on A { b { c } }", { maxDepth: 2 }, { maxDepth: 3 }],
    ["aliases", "{ x: a y: a { z: b } a: a }", { maxAliases: 2 }, { maxAliases: 3 }],
    ["aliases", "{ a { ...F } b { ...F } } fragment F on A { x: c y: c }", { maxAliases: 3 }, { maxAliases: 4 }],
    ["rootFields", "{ a ... { b } ...F } fragment F on Q { c { d e f } }", { maxRootFields: 2 }, { maxRootFields: 3 }],
    ["expandedSelections", "{ a ... { b } }", { maxExpandedSelections: 2 }, { maxExpandedSelections: 3 }],
    [
      "directives",
      "query ($x: Int @a) @b { a @c ... @d { e } ...F @f } fragment F on Q @g { h @i }",
      { maxDirectives: 6 },
      { maxDirectives: 7 },
    ],
  ])("refuses one more than the limit of %s: %s", (limit, query, tooSmall, enough) => {
    expect(exceededBy(query, tooSmall)).toBe(limit);
    expect(exceededBy(query, enough)).toBeUndefined();
  });

  it("measures each operation of a document by itself", () => {
    expect(exceededBy("query A { a b } query B { c d }", { maxRootFields: 2 })).toBeUndefined();
  });

  it("measures a fragment that nobody spreads", () => {
    expect(exceededBy("{ a } fragment F on Q { b { c } }", { maxDepth: 1 })).toBe("depth");
  });

  it("counts a fragment bomb of 2^30 and of 2^200 fields without expanding it", () => {
    expect(exceededBy(fragmentBomb(30), { maxExpandedSelections: 2 ** 30 })).toBe("expandedSelections");
    expect(exceededBy(fragmentBomb(30), { maxExpandedSelections: 2 ** 32 })).toBeUndefined();
    expect(exceededBy(fragmentBomb(200), { maxAliases: 2 ** 50 })).toBe("aliases");
    expect(exceededBy(fragmentBomb(200), { maxDirectives: 2 ** 50 })).toBe("directives");
  });

  it("leaves cycles and unknown fragments to validation", () => {
    expect(exceededBy("{ ...A } fragment A on Q { a ...B } fragment B on Q { b ...A ...Gone }", {})).toBeUndefined();
  });

  it("refuses nesting that adds no depth before it exhausts the stack", () => {
    const levels = 2_000;
    expect(exceededBy(`${"{...".repeat(levels)}{ a }${"}".repeat(levels)}`, {})).toBe("depth");
    const links = Array.from({ length: levels }, (_, link) => `fragment f${link} on Q { ...f${link + 1} }`);
    const end = `fragment f${levels} on Q { a }`;
    expect(exceededBy(`{ ...f0 } ${links.join(" ")} ${end}`, {})).toBe("depth");
    expect(exceededBy(`${end} ${links.toReversed().join(" ")} { ...f0 }`, {})).toBe("depth");
  });

  it("agrees with a count that really writes out every fragment", () => {
    fc.assert(
      fc.property(documentArbitrary(), (query) => {
        const document = parse(query);
        const naive = expandNaively(document);
        for (const [limit, maximum, count] of [
          ["depth", "maxDepth", naive.depth],
          ["aliases", "maxAliases", naive.aliases],
          ["rootFields", "maxRootFields", naive.rootFields],
          ["expandedSelections", "maxExpandedSelections", naive.selections],
          ["directives", "maxDirectives", naive.directives],
        ] as const) {
          expect(exceededBy(query, { [maximum]: count })).toBeUndefined();
          if (count > 0) {
            expect(exceededBy(query, { [maximum]: count - 1 })).toBe(limit);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("parseWithinLimits()", () => {
  it("parses a document within the limits", () => {
    expect(parseWithinLimits("{ a }", DEFAULT_OPERATION_LIMITS).definitions).toHaveLength(1);
  });

  it.each([
    ["selection sets", "{a", "brackets"],
    ["lists", "{ a(b: [", "brackets"],
    ["objects", "{ a(b: {c:", "brackets"],
    ["fields", "a ", "tokens"],
    ["comments", "#\n", "tokens"],
    ["strings that hold brackets", '"{{{" ', "tokens"],
  ])("refuses a quarter megabyte of %s without exhausting the stack", (_what, part, limit) => {
    const query = part.repeat((256 * 1024) / part.length);
    expect(exceededLimit(() => parseWithinLimits(query, DEFAULT_OPERATION_LIMITS))).toBe(limit);
  });

  it.each([
    ["{ a(b: 1) }", 8],
    ["{ a(b: 1) # c\n }", 9],
    ["#\n#\n{ a } #\n#", 7],
  ])("counts tokens and comments: %j", (query, count) => {
    expect(exceededLimit(() => parseWithinLimits(query, { ...NO_LIMITS, maxTokens: count }))).toBeUndefined();
    expect(exceededLimit(() => parseWithinLimits(query, { ...NO_LIMITS, maxTokens: count - 1 }))).toBe("tokens");
  });

  it("throws a syntax error as it is", () => {
    expect(() => parseWithinLimits("{", DEFAULT_OPERATION_LIMITS)).toThrow(GraphQLError);
    expect(() => parseWithinLimits("{", DEFAULT_OPERATION_LIMITS)).not.toThrow(HubError);
  });

  it("refuses an operation that is too deep", () => {
    expect(exceededLimit(() => parseWithinLimits("{a".repeat(21) + "}".repeat(21), DEFAULT_OPERATION_LIMITS))).toBe(
      "depth",
    );
  });
});

/** Small documents whose fragments spread later fragments only: no cycles, but any sharing. */
function documentArbitrary(): fc.Arbitrary<string> {
  const fragments = 4;
  const directive = fc.constantFrom("", "", " @skip(if: false)", " @skip(if: false) @include(if: true)");
  const selectionSet = (firstFragment: number, depth: number): fc.Arbitrary<string> => {
    const kinds: fc.Arbitrary<string>[] = [
      fc.tuple(fc.constantFrom("", "x: ", "y: ", "a: "), directive).map(([alias, tail]) => `${alias}a${tail}`),
    ];
    if (firstFragment < fragments) {
      kinds.push(
        fc.tuple(fc.integer({ min: firstFragment, max: fragments - 1 }), directive).map(([i, d]) => `...f${i}${d}`),
      );
    }
    if (depth > 0) {
      kinds.push(
        fc.tuple(fc.constantFrom("", "z: "), selectionSet(firstFragment, depth - 1)).map(([a, s]) => `${a}o ${s}`),
      );
      kinds.push(fc.tuple(directive, selectionSet(firstFragment, depth - 1)).map(([d, s]) => `... on Q${d} ${s}`));
    }
    return fc.array(fc.oneof(...kinds), { minLength: 1, maxLength: 3 }).map((parts) => `{ ${parts.join(" ")} }`);
  };
  const fragment = (index: number) =>
    fc.tuple(directive, selectionSet(index + 1, 1)).map(([d, s]) => `fragment f${index} on Q${d} ${s}`);
  const definitions = Array.from({ length: fragments }, (_, index) => fragment(index));
  return fc.tuple(selectionSet(0, 2), ...definitions).map((parts) => parts.join("\n"));
}

/** Largest count of any operation or fragment, by walking every path. */
function expandNaively(document: DocumentNode) {
  const totals = { depth: 0, aliases: 0, rootFields: 0, selections: 0, directives: 0 };
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION && definition.kind !== Kind.FRAGMENT_DEFINITION) {
      continue;
    }
    const count = {
      depth: 0,
      aliases: 0,
      rootFields: 0,
      selections: 0,
      directives: definition.directives?.length ?? 0,
    };
    const walk = (set: SelectionSetNode, depth: number): void => {
      for (const selection of set.selections) {
        count.selections += 1;
        count.directives += selection.directives?.length ?? 0;
        if (selection.kind === Kind.FIELD) {
          count.depth = Math.max(count.depth, depth + 1);
          count.rootFields += depth === 0 && definition.kind === Kind.OPERATION_DEFINITION ? 1 : 0;
          count.aliases += (selection.alias?.value ?? selection.name.value) === selection.name.value ? 0 : 1;
          if (selection.selectionSet !== undefined) {
            walk(selection.selectionSet, depth + 1);
          }
        } else if (selection.kind === Kind.INLINE_FRAGMENT) {
          walk(selection.selectionSet, depth);
        } else {
          for (const other of document.definitions) {
            if (other.kind === Kind.FRAGMENT_DEFINITION && other.name.value === selection.name.value) {
              count.directives += other.directives?.length ?? 0;
              walk(other.selectionSet, depth);
            }
          }
        }
      }
    };
    walk(definition.selectionSet, 0);
    for (const name of Object.keys(totals) as (keyof typeof totals)[]) {
      totals[name] = Math.max(totals[name], count[name]);
    }
  }
  return totals;
}
