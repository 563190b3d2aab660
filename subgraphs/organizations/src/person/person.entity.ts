import { NodeInterface, OwnedRow } from "@alliance-hub/shared/database/owned-row";
import { Directive, ObjectType } from "type-graphql";
import { Column, Entity } from "typeorm";

/**
 * Somebody who can sign in. Name and employer are class P2: they are stored, and not in the schema until the access policy
 * can say to whom they may be shown.
 */
@Directive('@key(fields: "id")')
@ObjectType({ implements: NodeInterface, description: "Somebody who can sign in." })
@Entity()
export class Person extends OwnedRow {
  @Column({ type: "text" })
  displayName!: string;

  @Column({ type: "text", collation: "C" })
  organizationId!: string;
}
