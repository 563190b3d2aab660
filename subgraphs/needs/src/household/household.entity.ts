import { NodeInterface, OwnedRow } from "@alliance-hub/shared/database/owned-row";
import { Directive, ObjectType } from "type-graphql";
import { Column, Entity } from "typeorm";
import { HouseholdAttribute, HouseholdStatus, PovertyCause } from "./household-lists";

/**
 * A registered poor or monitored family. Whatever describes it is class P2 or above: stored because rules and needs depend
 * on it, and not in the schema until the access policy can say to whom it may be shown.
 */
@Directive('@key(fields: "id")')
@ObjectType({
  implements: NodeInterface,
  description: "A registered family. Shown to signed-in staff only, without what describes it.",
})
@Entity()
export class Household extends OwnedRow {
  /** Class P2. */
  @Column({ type: "text", collation: "C" })
  villageCode!: string;

  /** Class P2. */
  @Column({ type: "text" })
  status!: HouseholdStatus;

  /** Class P2. */
  @Column({ type: "text", nullable: true })
  attribute!: HouseholdAttribute | null;

  /** Class P2. */
  @Column({ type: "text" })
  mainCause!: PovertyCause;

  /** People who live in it. Class P2. */
  @Column({ type: "int", nullable: true })
  size!: number | null;
}
