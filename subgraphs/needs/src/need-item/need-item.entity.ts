import { AssistanceMode } from "@alliance-hub/shared/code-lists/assistance-mode";
import { Unit } from "@alliance-hub/shared/code-lists/unit";
import { NodeInterface, OwnedRow } from "@alliance-hub/shared/database/owned-row";
import { QUANTITY_COLUMN } from "@alliance-hub/shared/database/quantity-column";
import { Money } from "@alliance-hub/shared/money";
import { DecimalScalar } from "@alliance-hub/shared/scalars/decimal.scalar";
import { Directive, Field, ObjectType } from "type-graphql";
import { Column, Entity } from "typeorm";

/**
 * One line of a need. Quantities are exact decimals as text without trailing zeros; the database holds them to INV-04:
 * held + committed <= requested, delivered <= committed, confirmed <= delivered.
 */
@Directive('@key(fields: "id")')
@ObjectType({ implements: NodeInterface, description: "One line of a need." })
@Entity()
export class NeedItem extends OwnedRow {
  @Column({ type: "text", collation: "C" })
  needId!: string;

  @Field(() => AssistanceMode)
  @Column({ type: "text" })
  mode!: AssistanceMode;

  @Field(() => String, { nullable: true, description: "Code of the goods (GB/T 38565), seven digits." })
  @Column({ type: "text", nullable: true })
  itemCode!: string | null;

  @Field(() => Unit)
  @Column({ type: "text" })
  unit!: Unit;

  @Field(() => Money, { description: "Value of one unit; one fen for FEN." })
  @Column(() => Money)
  unitValue!: Money;

  @Field(() => DecimalScalar)
  @Column(QUANTITY_COLUMN)
  requested!: string;

  @Field(() => DecimalScalar, { description: "Set aside for matches that are not committed yet." })
  @Column(QUANTITY_COLUMN)
  held!: string;

  @Field(() => DecimalScalar, { description: "Promised by committed matches, delivered or not." })
  @Column(QUANTITY_COLUMN)
  committed!: string;

  @Field(() => DecimalScalar, { description: "Handed over." })
  @Column(QUANTITY_COLUMN)
  delivered!: string;

  @Field(() => DecimalScalar, { description: "Handed over and confirmed by the household or its proxy." })
  @Column(QUANTITY_COLUMN)
  confirmed!: string;

  @Field(() => DecimalScalar, { nullable: true, description: "Smallest quantity that helps; null for any." })
  @Column({ ...QUANTITY_COLUMN, nullable: true })
  minimumLot!: string | null;

  @Field(() => Boolean, { description: "Whether something alike will do." })
  @Column({ type: "boolean" })
  acceptsSubstitutes!: boolean;
}
