import { AssistanceMode } from "@alliance-hub/shared/code-lists/assistance-mode";
import { NeedCategory } from "@alliance-hub/shared/code-lists/need-category";
import { Unit } from "@alliance-hub/shared/code-lists/unit";
import { Urgency } from "@alliance-hub/shared/code-lists/urgency";
import { MoneyInput } from "@alliance-hub/shared/money";
import { DateTimeScalar } from "@alliance-hub/shared/scalars/date-time.scalar";
import { DecimalScalar } from "@alliance-hub/shared/scalars/decimal.scalar";
import { DivisionCodeScalar } from "@alliance-hub/shared/scalars/division-code.scalar";
import { IdempotencyKeyScalar } from "@alliance-hub/shared/scalars/idempotency-key.scalar";
import { MemberCodeScalar } from "@alliance-hub/shared/scalars/member-code.scalar";
import { Field, ID, InputType, Int } from "type-graphql";
import { CoverageLevel, NeedOrigin, NeedStatus } from "./need-lists";

@InputType({ description: "Conditions that a published need must meet all at once." })
export class PublishedNeedFilter {
  @Field(() => DivisionCodeScalar, {
    nullable: true,
    description: "In this division or below it. The public may ask down to a township.",
  })
  divisionPrefix?: string | null;

  @Field(() => NeedCategory, { nullable: true })
  category?: NeedCategory | null;

  @Field(() => Urgency, { nullable: true })
  urgency?: Urgency | null;

  @Field(() => CoverageLevel, { nullable: true, description: "How far it is committed." })
  level?: CoverageLevel | null;

  @Field(() => AssistanceMode, { nullable: true, description: "At least one of its items asks for help of this kind." })
  mode?: AssistanceMode | null;

  @Field(() => DateTimeScalar, { nullable: true, description: "Published later than this." })
  publishedAfter?: Date | null;
}

@InputType({ description: "Conditions that a need must meet all at once." })
export class NeedFilter extends PublishedNeedFilter {
  @Field(() => NeedStatus, { nullable: true })
  status?: NeedStatus | null;
}

@InputType({ description: "One line of a need." })
export class NeedItemInput {
  @Field(() => AssistanceMode)
  mode!: AssistanceMode;

  @Field(() => String, { nullable: true, description: "Code of the goods (GB/T 38565), seven digits." })
  itemCode?: string | null;

  @Field(() => Unit, { description: "FEN if, and only if, the mode is CASH." })
  unit!: Unit;

  @Field(() => MoneyInput, { description: "Value of one unit in CNY; one fen for FEN." })
  unitValue!: MoneyInput;

  @Field(() => DecimalScalar, { description: "More than zero, at most twelve digits before the point; whole for FEN." })
  requested!: string;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: "Smallest quantity that helps, at most what is requested.",
  })
  minimumLot?: string | null;

  @Field(() => Boolean, { nullable: true, description: "Whether something alike will do. Default false." })
  acceptsSubstitutes?: boolean | null;
}

@InputType({ description: "Whose need it is: give exactly one of the two." })
export class NeedSubjectInput {
  @Field(() => ID, { nullable: true })
  householdId?: string | null;

  @Field(() => DivisionCodeScalar, { nullable: true, description: "A village's code of twelve digits." })
  villageCode?: string | null;
}

@InputType()
export class CreateNeedInput {
  @Field(() => MemberCodeScalar, {
    description:
      "The member that governs the county: the need will be its own. A household's need belongs to the household's owner.",
  })
  owner!: string;

  @Field(() => NeedSubjectInput)
  subject!: NeedSubjectInput;

  @Field(() => NeedCategory)
  category!: NeedCategory;

  @Field(() => Urgency)
  urgency!: Urgency;

  @Field(() => NeedOrigin, { nullable: true, description: "Default OFFICER." })
  origin?: NeedOrigin | null;

  @Field(() => String, {
    nullable: true,
    description: "For everybody to read: nothing personal. At most 2000 characters.",
  })
  publicDescription?: string | null;

  @Field(() => String, { nullable: true, description: "For those who verify it. At most 10000 characters." })
  description?: string | null;

  @Field(() => [NeedItemInput], { description: "At most 20." })
  items!: NeedItemInput[];

  @Field(() => IdempotencyKeyScalar, { nullable: true })
  idempotencyKey?: string | null;
}

@InputType()
export class SubmitNeedInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int, { description: "The version you read." })
  expectedVersion!: number;

  @Field(() => IdempotencyKeyScalar, { nullable: true })
  idempotencyKey?: string | null;
}
