import { NeedCategory } from "@alliance-hub/shared/code-lists/need-category";
import { Urgency } from "@alliance-hub/shared/code-lists/urgency";
import { ImportableRow, NodeInterface } from "@alliance-hub/shared/database/owned-row";
import { DateTimeScalar } from "@alliance-hub/shared/scalars/date-time.scalar";
import { Directive, Field, ObjectType } from "type-graphql";
import { Column, Entity } from "typeorm";
import { NeedOrigin, NeedStatus } from "./need-lists";

/** What a household or a village lacks. Its lines are NeedItem rows. */
@Directive('@key(fields: "id")')
@ObjectType({ implements: NodeInterface, description: "What a household or a village lacks." })
@Entity()
export class Need extends ImportableRow {
  /** The household it is for; null when it is the village's own. Class P3. */
  @Column({ type: "text", collation: "C", nullable: true })
  householdId!: string | null;

  /** Twelve digits. Class P1; its first nine, the township, are public. */
  @Column({ type: "text", collation: "C" })
  villageCode!: string;

  @Field(() => NeedCategory)
  @Column({ type: "text" })
  category!: NeedCategory;

  @Field(() => String, { description: "Made from category and items, at most 140 characters; never personal." })
  @Column({ type: "text" })
  title!: string;

  /** In the household's own words. Class P3: stored, not in the schema. */
  @Column({ type: "text", nullable: true })
  description!: string | null;

  @Field(() => String, { nullable: true, description: "The need in words that an officer has released for everybody." })
  @Column({ type: "text", nullable: true })
  publicDescription!: string | null;

  @Field(() => Urgency)
  @Column({ type: "text" })
  urgency!: Urgency;

  @Field(() => NeedOrigin)
  @Column({ type: "text" })
  origin!: NeedOrigin;

  @Field(() => NeedStatus)
  @Column({ type: "text" })
  status!: NeedStatus;

  /** Class P1. */
  @Column({ type: "text", nullable: true })
  statusReason!: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "End of the public notice before publication." })
  @Column({ type: "timestamptz", precision: 3, nullable: true })
  noticeEndsAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true })
  @Column({ type: "timestamptz", precision: 3, nullable: true })
  publishedAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "Publication ends then unless something is committed." })
  @Column({ type: "timestamptz", precision: 3, nullable: true })
  expiresAt!: Date | null;

  @Column({ type: "text", collation: "C", nullable: true })
  mergedIntoId!: string | null;
}
