import { collectPlaces, type Place } from "./entity-places";
import type { RootFetch } from "./executable-plan";
import type { ExecutionContext } from "./execution-context";
import type { FieldError } from "./field-error";
import { locateMissingFields, renamePath } from "./locate-errors";
import { canPutFields, putFields, readRootText } from "./read-text";
import { listPath } from "./response-path";
import { readObject } from "./selection-reader";
import { parseData, sendFetch } from "./send-fetch";
import type { SubgraphError } from "./subgraph-errors";

/** Fetches fields of the root type into every place where the root type stands. */
export async function fetchRoot(fetch: RootFetch, context: ExecutionContext): Promise<void> {
  const places: Place[] = collectPlaces(context.data, fetch.path, context.typeConditions);
  if (places.length === 0) {
    return;
  }
  const answer = await sendFetch(fetch, [], context, (answerText) => {
    // The root type inside itself, at several places, is rare.
    const [place, ...others] = places;
    return place === undefined || others.length > 0
      ? undefined
      : readRootText(answerText, fetch.textSelection, place.data, context.typeConditions);
  });
  const { read, text, errors } = answer;
  context.completeness.record(fetch, answer.asked);
  const [first] = places;
  if (read !== undefined && first !== undefined && canPutFields(read.shape, first.data)) {
    putFields(read, first.data, false);
    return;
  }
  const data = read === undefined || text === undefined ? answer.data : parseData(text);
  for (const place of places) {
    if (data !== undefined) {
      readObject(fetch.reader, data, place.data, context.typeConditions);
    }
    context.errors.addAll(locateErrors(errors, fetch, place, context));
  }
}

function* locateErrors(
  errors: readonly SubgraphError[],
  { reader }: RootFetch,
  place: Place,
  { typeConditions }: ExecutionContext,
): Iterable<FieldError> {
  for (const { path, ...error } of errors) {
    const inner = renamePath(reader, path ?? []);
    const paths =
      inner.length === 0 ? locateMissingFields(reader, place, typeConditions) : [[...listPath(place.path), ...inner]];
    for (const located of paths) {
      yield { ...error, path: located };
    }
  }
}
