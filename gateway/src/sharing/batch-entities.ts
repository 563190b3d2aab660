import { isQuery } from "../egress/is-query";
import {
  type SubgraphRequest,
  type SubgraphResponse,
  type SubgraphTransport,
  SubgraphUnreachable,
} from "../egress/subgraph-transport";
import { type EntityQuestion, printEntityQuestion } from "../request/entity-question";
import { changeRequest } from "./change-request";
import { describeLeaving } from "./describe-leaving";
import { Flight, type FlightPatience } from "./flight";
import { mergeQuestions, splitAnswer } from "./merge-questions";
import { passOn } from "./pass-on";

export interface BatchLimits {
  readonly maxRequests: number;
  readonly maxRepresentations: number;
  /** Of the body. Many servers read 100 kB and no more unless they are told to. */
  readonly maxCharacters: number;
  /** How long requests go alone after a batch of their kind could not be taken apart. */
  readonly pauseMs: number;
}

export interface BatchOptions extends FlightPatience {
  readonly limits: BatchLimits;
  /** Calls back when all that has arrived by now has been read. */
  readonly afterTurn: (callback: () => void) => void;
  /** Whether nobody else is being answered: then there is nobody to wait for. */
  readonly isAlone: () => boolean;
  /** Milliseconds since any fixed moment, never going back. */
  readonly clock: () => number;
}

/** What requests must have in common to be put together. */
interface Kind {
  /** The same text object for all requests of a plan, so that finding it in a map costs nothing. */
  readonly bodyHead: string;
  readonly rest: string;
}

interface Asker {
  readonly request: SubgraphRequest;
  readonly question: EntityQuestion;
  readonly resolve: (answer: SubgraphResponse | Promise<SubgraphResponse>) => void;
  readonly reject: (error: unknown) => void;
}

interface Batch {
  readonly kind: Kind;
  readonly askers: Asker[];
  representations: number;
  characters: number;
}

const MAX_PAUSES = 1_000;

/**
 * Sends `_entities` requests of one turn of the event loop that differ in their representations only as one. None ever
 * waits for an instance: a batch is sent with the turn, and who comes later is in another one.
 * @param name the subgraph's, for logs
 */
export function batchEntities(transport: SubgraphTransport, name: string, options: BatchOptions): SubgraphTransport {
  const { limits, afterTurn, isAlone, clock } = options;
  let collecting = new Map<string, Map<string, Batch>>();
  /** Head of the body -> until when such requests go alone. */
  const pauses = new Map<string, number>();

  function collect(kind: Kind, asker: Asker): void {
    const characters = asker.request.body?.length ?? 0;
    const representations = countRepresentations(asker.question);
    const batches = collecting.get(kind.bodyHead) ?? new Map<string, Batch>();
    let batch = batches.get(kind.rest);
    if (batch !== undefined && !hasRoom(batch, representations, characters)) {
      batches.delete(kind.rest);
      send(batch);
      batch = undefined;
    }
    if (batch === undefined) {
      if (collecting.size === 0) {
        afterTurn(sendAll);
      }
      batch = { kind, askers: [], representations: 0, characters: 0 };
      collecting.set(kind.bodyHead, batches.set(kind.rest, batch));
    }
    batch.askers.push(asker);
    batch.representations += representations;
    batch.characters += characters;
  }

  function hasRoom({ askers, representations, characters }: Batch, more: number, moreCharacters: number): boolean {
    return (
      askers.length < limits.maxRequests &&
      representations + more <= limits.maxRepresentations &&
      characters + moreCharacters <= limits.maxCharacters
    );
  }

  function sendAll(): void {
    const batches = [...collecting.values()].flatMap((each) => [...each.values()]);
    collecting = new Map();
    batches.forEach(send);
  }

  function send({ kind, askers }: Batch): void {
    const staying = askers.filter(({ request, reject }) => {
      if (request.signal.aborted) {
        reject(describeLeaving(request, name));
      }
      return !request.signal.aborted;
    });
    const [first] = staying;
    if (first !== undefined && staying.length === 1) {
      transport.execute(first.request).then(first.resolve, first.reject);
    } else if (first !== undefined) {
      sendTogether(kind, first.request, staying);
    }
  }

  function sendTogether({ bodyHead }: Kind, first: SubgraphRequest, askers: readonly Asker[]): void {
    const merged = mergeQuestions(askers.map(({ question }) => question));
    const flight = new Flight<readonly SubgraphResponse[] | undefined>(options, () => undefined);
    askers.forEach(({ request, resolve, reject }, index) => {
      flight
        .join(request.signal, () => Promise.reject(describeLeaving(request, name)))
        .then((answers) => resolve(answers?.[index] ?? sendAlone(request)), reject);
    });
    flight.start(async (end) => {
      const request = changeRequest(first, {
        body: printEntityQuestion(merged.question),
        entities: merged.question,
        // The instance may give up then: nobody must get a time-out that is not his.
        deadlineAtMs: Math.max(...askers.map(({ request }) => request.deadlineAtMs)),
        signal: end,
      });
      const answer = await transport.execute(request).catch(refuseOnlyWhatAllWouldGet);
      const answers = answer && splitAnswer(answer, merged);
      if (answers === undefined) {
        pause(bodyHead);
      }
      return answers;
    });
  }

  /** One request's representations can spoil the answer to all, and then each is asked for by itself, for a while. */
  function sendAlone(request: SubgraphRequest): Promise<SubgraphResponse> {
    return request.signal.aborted ? Promise.reject(describeLeaving(request, name)) : transport.execute(request);
  }

  function pause(bodyHead: string): void {
    if (pauses.size >= MAX_PAUSES) {
      pauses.clear();
    }
    pauses.set(bodyHead, clock() + limits.pauseMs);
  }

  function isPaused({ bodyHead }: Kind): boolean {
    const untilMs = pauses.get(bodyHead);
    if (untilMs === undefined || clock() < untilMs) {
      return untilMs !== undefined;
    }
    pauses.delete(bodyHead);
    return false;
  }

  return {
    ...passOn(transport),
    execute(request) {
      const kind = isAlone() ? undefined : kindOf(request);
      const { entities: question, signal } = request;
      if (kind === undefined || question === undefined || signal.aborted || isPaused(kind)) {
        return transport.execute(request);
      }
      return new Promise((resolve, reject) => collect(kind, { request, question, resolve, reject }));
    },
  };
}

/** Undefined for a request that must go alone. */
function kindOf({ query, entities, authorizationClass }: SubgraphRequest): Kind | undefined {
  return entities === undefined || authorizationClass === undefined || !isQuery(query)
    ? undefined
    : {
        bodyHead: entities.bodyHead,
        rest: `${authorizationClass.length} ${authorizationClass} ${entities.otherVariables}`,
      };
}

function countRepresentations({ groups }: EntityQuestion): number {
  return groups.reduce((sum, { representations }) => sum + representations.length, 0);
}

/** An answer that is too large for all may be small enough for each, and one that is refused may be one's doing. */
function refuseOnlyWhatAllWouldGet(error: unknown): undefined {
  if (error instanceof SubgraphUnreachable && (error.reason === "too_large" || error.reason === "invalid")) {
    return undefined;
  }
  throw error;
}
