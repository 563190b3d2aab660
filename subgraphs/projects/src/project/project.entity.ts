import { NeedCategory } from "@alliance-hub/shared/code-lists/need-category";
import { ImportableRow, NodeInterface } from "@alliance-hub/shared/database/owned-row";
import { Money } from "@alliance-hub/shared/money";
import { DateScalar } from "@alliance-hub/shared/scalars/date.scalar";
import { Directive, Field, ObjectType } from "type-graphql";
import { Column, Entity } from "typeorm";
import { ProjectModality, ProjectStatus } from "./project-lists";

/** What organizations undertake together to answer needs. Belongs to the member of its lead organization. */
@Directive('@key(fields: "id")')
@ObjectType({ implements: NodeInterface, description: "What organizations undertake together to answer needs." })
@Entity()
export class Project extends ImportableRow {
  @Field(() => String)
  @Column({ type: "text" })
  title!: string;

  @Field(() => String, { nullable: true })
  @Column({ type: "text", nullable: true })
  summary!: string | null;

  @Field(() => String, { nullable: true, description: "The programme that it is a part of." })
  @Column({ type: "text", nullable: true })
  programme!: string | null;

  @Field(() => ProjectModality, { nullable: true })
  @Column({ type: "text", nullable: true })
  modality!: ProjectModality | null;

  @Field(() => NeedCategory, { description: "What the needs are about that it answers." })
  @Column({ type: "text" })
  category!: NeedCategory;

  @Column({ type: "text", collation: "C" })
  leadOrganizationId!: string;

  @Field(() => ProjectStatus)
  @Column({ type: "text" })
  status!: ProjectStatus;

  @Field(() => ProjectStatus, { nullable: true, description: "The state to which a suspended project goes back." })
  @Column({ type: "text", nullable: true })
  suspendedFrom!: ProjectStatus | null;

  @Field(() => DateScalar, { nullable: true })
  @Column({ type: "date", nullable: true })
  plannedStart!: string | null;

  @Field(() => DateScalar, { nullable: true })
  @Column({ type: "date", nullable: true })
  plannedEnd!: string | null;

  @Field(() => DateScalar, { nullable: true })
  @Column({ type: "date", nullable: true })
  actualStart!: string | null;

  @Field(() => DateScalar, { nullable: true })
  @Column({ type: "date", nullable: true })
  actualEnd!: string | null;

  @Field(() => Money, { description: "Committed money without which it does not start." })
  @Column(() => Money)
  minimumFunding!: Money;

  @Field(() => DateScalar, {
    nullable: true,
    description: "Day on which the situation before the project was measured.",
  })
  @Column({ type: "date", nullable: true })
  baselineAt!: string | null;
}
