import { isErrorCode } from "@alliance-hub/shared/error-codes";
import { groupByKey } from "@alliance-hub/shared/group-by-key";
import { HubError } from "@alliance-hub/shared/hub-error";
import type { SubgraphRequest } from "../egress/subgraph-transport";
import type { SubgraphCaller, SubgraphReply } from "../partitions/subgraph-caller";
import type { AskedSubgraph } from "../request/completeness";

/** A row that exists and that the caller may see. */
export interface NodeReference {
  readonly __typename: string;
  readonly id: string;
}

/** Where the row is looked for. */
export interface NodeAddress extends NodeReference {
  readonly home: string;
}

interface PendingLookup {
  readonly address: NodeAddress;
  readonly resolve: (found: NodeReference | null) => void;
  readonly reject: (error: HubError) => void;
}

/** Refusals that say no more than "there is no such row for you": telling them apart would tell that the row exists. */
const HIDING_CODES = new Set<unknown>([
  "NOT_FOUND",
  "FORBIDDEN",
  "UNAUTHENTICATED",
  "CONSENT_REQUIRED",
  "PURPOSE_REQUIRED",
]);

/** Finds out which rows exist; all look-ups of one tick are one `_entities` request for each home subgraph. */
export class NodeLookup {
  #pending: PendingLookup[] = [];
  /** Who was asked so far, and what came of it. */
  readonly asked: AskedSubgraph[] = [];

  constructor(
    readonly callSubgraph: SubgraphCaller,
    /** The client's request, on whose behalf is looked up. */
    readonly request: Pick<SubgraphRequest, "authorizationClass" | "requestId" | "deadlineAtMs" | "signal">,
  ) {}

  /** @throws HubError OWNER_UNAVAILABLE when the home subgraph does not answer, INTERNAL when it fails */
  find(address: NodeAddress): Promise<NodeReference | null> {
    return new Promise((resolve, reject) => {
      this.#pending.push({ address, resolve, reject });
      if (this.#pending.length === 1) {
        // Resolvers of all root fields and list items run before the microtask queue does.
        queueMicrotask(() => this.#flush());
      }
    });
  }

  #flush(): void {
    const lookups = this.#pending;
    this.#pending = [];
    for (const [home, group] of groupByKey(lookups, ({ address }) => address.home)) {
      this.#askHome(home, group).catch(() => {
        for (const { reject } of group) {
          reject(new HubError("INTERNAL", "Something went wrong."));
        }
      });
    }
  }

  async #askHome(home: string, lookups: readonly PendingLookup[]): Promise<void> {
    const typeNames = new Map(lookups.map(({ address }) => [address.id, address.__typename]));
    const representations = [...typeNames].map(([id, __typename]) => ({ __typename, id }));
    const indexOf = new Map(representations.map(({ id }, index) => [id, index]));
    const selections = [...new Set(typeNames.values())].toSorted().map((typeName) => `... on ${typeName} { id }`);
    const reply = await this.callSubgraph({
      ...this.request,
      subgraph: home,
      query: `query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename ${selections.join(" ")} } }`,
      variables: { representations },
    });
    const outcomes = reply.kind === "answered" ? readEntities(reply, representations.length) : undefined;
    this.asked.push({ subgraph: home, outcome: readOutcome(reply, outcomes !== undefined) });
    for (const { address, resolve, reject } of lookups) {
      const outcome = outcomes?.[indexOf.get(address.id) ?? -1];
      if (reply.kind === "unavailable") {
        reject(new HubError("OWNER_UNAVAILABLE", `The subgraph ${home} does not answer.`, { subgraph: home }));
      } else if (outcome === undefined || outcome === "failed") {
        reject(new HubError("INTERNAL", "Something went wrong."));
      } else {
        resolve(outcome === "found" ? { __typename: address.__typename, id: address.id } : null);
      }
    }
  }
}

function readOutcome(reply: SubgraphReply, isReadable: boolean): AskedSubgraph["outcome"] {
  switch (reply.kind) {
    case "unavailable":
      return reply.outcome;
    case "failed":
      return "unreachable";
    case "answered":
      return isReadable || Array.isArray(reply.errors) ? "answered" : "invalid";
  }
}

type LookupOutcome = "found" | "hidden" | "failed";

/** What the answer says of each representation, in order. The subgraph is not trusted: only "is there something" is read. */
function readEntities(
  reply: { readonly data?: unknown; readonly errors?: unknown },
  count: number,
): LookupOutcome[] | undefined {
  const entities = (reply.data as { readonly _entities?: unknown } | null | undefined)?._entities;
  const failures = findFailures(reply.errors);
  if (!Array.isArray(entities) || entities.length !== count) {
    return undefined;
  }
  return entities.map((entity: unknown, index) => {
    if (typeof entity === "object" && entity !== null) {
      return "found";
    }
    return failures.has(index) || failures.has("all") ? "failed" : "hidden";
  });
}

/** Indices of representations whose error is more than "there is no such row for you". */
function findFailures(errors: unknown): Set<number | "all"> {
  const failures = new Set<number | "all">();
  for (const error of Array.isArray(errors) ? errors : []) {
    const { path, extensions } = (error ?? {}) as { path?: unknown; extensions?: { code?: unknown } | null };
    const code = extensions?.code;
    if (!(isErrorCode(code) && HIDING_CODES.has(code))) {
      const index: unknown = Array.isArray(path) ? path[1] : undefined;
      failures.add(typeof index === "number" ? index : "all");
    }
  }
  return failures;
}
