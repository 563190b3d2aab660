import { Column, Entity, PrimaryColumn } from "typeorm";

/**
 * A CloudEvents 1.0 message that was written in the transaction of the change it tells of. Delivery reads in order of
 * `sequence`, below the snapshot's xmin: an event exists if, and only if, its change committed.
 */
@Entity("outbox_message")
export class OutboxMessage {
  @PrimaryColumn({ type: "text", collation: "C" })
  id!: string;

  /** `org.alliancehub.<name>.v1` */
  @Column({ type: "text" })
  type!: string;

  /** `/members/<member>/<subgraph>` */
  @Column({ type: "text" })
  source!: string;

  /** Id of the entity. */
  @Column({ type: "text" })
  subject!: string;

  /** Version of the row; copies ignore older ones. */
  @Column({ type: "int" })
  hubversion!: number;

  /** Addressee of a command (`<member>/<subgraph>`); null for a fact. */
  @Column({ type: "text", nullable: true })
  hubto!: string | null;

  /** Id of the saga the message belongs to. */
  @Column({ type: "text", nullable: true })
  hubsaga!: string | null;

  /** P0 and P1 fields and ids only; never a household's id. */
  @Column({ type: "jsonb" })
  data!: Record<string, unknown>;

  @Column({ type: "timestamptz", precision: 3 })
  createdAt!: Date;

  @Column({ type: "timestamptz", precision: 3, nullable: true })
  deliveredAt!: Date | null;
}
