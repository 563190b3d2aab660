import { invariant } from "@alliance-hub/shared/invariant";
import { parse } from "graphql";
import type { ContextModel } from "../planning/contexts/context-model";
import type { ContextArgument } from "../planning/contexts/contextual-field";
import { ContextQuery } from "./context-query";
import type { EntityBatch, EntityFetch, RootFetch } from "./executable-plan";

export interface OperationContexts {
  readonly model: ContextModel;
  readonly rootTypeName: string;
}

/** An entity fetch with arguments that are filled in from objects above its entities. */
export interface ContextFetch extends OperationContexts {
  readonly kind: "context-entities";
  readonly fetch: EntityFetch;
  /** In the order of the fetch. */
  readonly batches: readonly ContextBatch[];
  readonly query: ContextQuery;
}

export interface ContextBatch {
  readonly batch: EntityBatch;
  /** Arguments that differ from entity to entity; none where the batch has no contextual field. */
  readonly slots: readonly ContextArgument[];
}

/**
 * The fetch itself, where it has no contextual fields.
 * @throws InvariantViolation where such a field stands elsewhere than on the entities: then nothing could fill its arguments,
 * and the subgraph must not be asked without them
 */
export function compileContextFetch(
  fetch: RootFetch | EntityFetch,
  contexts: OperationContexts,
): RootFetch | EntityFetch | ContextFetch {
  const { model } = contexts;
  if (!model.hasFieldsIn(fetch.subgraph)) {
    return fetch;
  }
  const entityKeys = fetch.kind === "entities" ? fetch.batches.map(({ responseKey }) => responseKey) : [];
  const query = new ContextQuery(parse(fetch.query, { noLocation: true }), fetch, entityKeys, model);
  if (query.slotsOf.size === 0) {
    return fetch;
  }
  invariant(fetch.kind === "entities", "a contextual field is asked for by its entity");
  const batches = fetch.batches.map((batch) => ({ batch, slots: query.slotsOf.get(batch.responseKey) ?? [] }));
  return { ...contexts, kind: "context-entities", fetch, batches, query };
}
