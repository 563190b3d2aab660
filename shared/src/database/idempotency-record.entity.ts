import { Column, Entity, PrimaryColumn } from "typeorm";

/** That a mutation with this key took effect, written in the transaction of the effect. */
@Entity("idempotency_record")
export class IdempotencyRecord {
  /** Organization or login of the caller. */
  @PrimaryColumn({ type: "text" })
  scope!: string;

  @PrimaryColumn({ type: "text" })
  mutation!: string;

  @PrimaryColumn({ type: "text" })
  key!: string;

  /** SHA-256 of the canonical input. */
  @Column({ type: "text" })
  inputDigest!: string;

  /** Id of the row that the first call made or changed. The row itself is not kept: it may hold what must be erasable. */
  @Column({ type: "text" })
  resultId!: string;

  /** End of the 30 days in which a replay is answered. */
  @Column({ type: "timestamptz", precision: 3 })
  expiresAt!: Date;
}
