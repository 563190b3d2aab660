import type { AskedSubgraph, CompletenessEntry } from "../request/completeness";
import type { FlattenPath } from "./entity-places";
import type { EntityFetch, RootFetch } from "./executable-plan";
import { locateInResponse } from "./locate-response";
import type { PathSegments } from "./response-path";
import type { ResponseSelection } from "./response-shape";
import type { SelectionReader } from "./selection-reader";

type Fetch = RootFetch | EntityFetch;

/** Stands for an item of a list where a path is followed through the response's shape; any index does. */
const ANY_INDEX = 0;

/**
 * Remembers what came of each fetch of one operation. Only when something did not answer are the paths worked out: a request
 * that is answered in full pays for one list entry a fetch.
 */
export class CompletenessTracker {
  readonly #asked: { readonly fetch: Fetch; readonly asked: readonly AskedSubgraph[] }[] = [];

  record(fetch: Fetch, asked: readonly AskedSubgraph[]): void {
    this.#asked.push({ fetch, asked });
  }

  /** One entry for each subgraph and outcome, in the order of asking. Undefined when all answered. */
  list(shape: ResponseSelection): readonly CompletenessEntry[] | undefined {
    if (this.#asked.every(({ asked }) => asked.every(({ outcome }) => outcome === "answered"))) {
      return undefined;
    }
    const entries = new Map<
      string,
      { readonly asked: AskedSubgraph; readonly paths: Map<string, readonly string[]> }
    >();
    for (const { fetch, asked } of this.#asked) {
      const paths = pathsTouchedBy(fetch, shape);
      for (const { subgraph, outcome } of asked) {
        const key = `${outcome} ${subgraph}`;
        const entry = entries.get(key) ?? { asked: { subgraph, outcome }, paths: new Map() };
        entries.set(key, entry);
        for (const path of paths) {
          entry.paths.set(path.join("."), path);
        }
      }
    }
    return [...entries.values()].map(({ asked, paths }) => ({ ...asked, paths: [...paths.values()] }));
  }
}

/**
 * Where in the response the fields of a fetch stand. A fetch that brings only what the client did not select (a key, the
 * input of a computed field) touches the objects that need it.
 */
function pathsTouchedBy(fetch: Fetch, shape: ResponseSelection): readonly (readonly string[])[] {
  const planPaths =
    fetch.kind === "root"
      ? pathsOfFields(fetch.path, fetch.reader)
      : fetch.batches.flatMap(({ paths, reader }) => paths.flatMap((path) => pathsOfFields(path, reader)));
  const located = planPaths.map((path) => locateInResponse(shape, path));
  const exact = located.filter(({ isExact }) => isExact);
  return (exact.length > 0 ? exact : located).map(({ path }) =>
    path.map((key) => (typeof key === "number" ? "*" : key)),
  );
}

function pathsOfFields(path: FlattenPath, reader: SelectionReader): PathSegments[] {
  const base = path.flatMap((step): PathSegments => {
    if (step === "items") {
      return [ANY_INDEX];
    }
    return "key" in step ? [step.key] : [];
  });
  return planKeysOf(reader).map((key) => [...base, key]);
}

function planKeysOf({ fields, fragments }: SelectionReader): string[] {
  return [...fields.map(({ planKey }) => planKey), ...fragments.flatMap(({ reader }) => planKeysOf(reader))];
}
