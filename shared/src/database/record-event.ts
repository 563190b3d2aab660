import { makeGlobalId, ownerOf } from "../global-id";
import { OutboxMessage } from "./outbox-message.entity";
import type { Transaction } from "./transaction";

/** A fact to tell others, in the words of the domain. */
export interface EventRecord {
  /** `needs`, `projects` ... */
  readonly subgraph: string;
  /** `needs.need.changed`: the outbox adds prefix and version. */
  readonly name: string;
  readonly subject: string;
  readonly subjectVersion: number;
  /** P0 and P1 fields and ids only, never a household's id. */
  readonly data: Record<string, unknown>;
  readonly at: Date;
}

/** Writes an event to the outbox in the transaction of the change. @returns the event's id */
export async function recordEvent(transaction: Transaction, event: EventRecord): Promise<string> {
  const member = ownerOf(event.subject, "subject");
  const id = makeGlobalId(member, "Event", event.at.getTime());
  await transaction.insert(OutboxMessage, {
    id,
    type: `org.alliancehub.${event.name}.v1`,
    source: `/members/${member}/${event.subgraph}`,
    subject: event.subject,
    hubversion: event.subjectVersion,
    hubto: null,
    hubsaga: null,
    data: event.data as never,
    createdAt: event.at,
    deliveredAt: null,
  });
  return id;
}
