import { Field, Int, ObjectType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";

/** A division in which a project works. The shares of one project sum to 10 000 at each commit (INV-30). */
@ObjectType({ description: "A division in which a project works, and its share of the project." })
@Entity()
export class ProjectLocation {
  @PrimaryColumn({ type: "text", collation: "C" })
  projectId!: string;

  @PrimaryColumn({ type: "text", collation: "C" })
  divisionCode!: string;

  @Field(() => Int, { description: "Basis points; all locations of a project sum to 10 000." })
  @Column({ type: "int" })
  shareBp!: number;
}
