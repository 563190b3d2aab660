import { NeedCategory } from "@alliance-hub/shared/code-lists/need-category";
import { Unit } from "@alliance-hub/shared/code-lists/unit";
import { DecimalScalar } from "@alliance-hub/shared/scalars/decimal.scalar";
import { Field, ObjectType } from "type-graphql";
import { Project } from "../project/project.stub";

@ObjectType({ description: "Goods that were given." })
export class DonatedGoods {
  @Field(() => String, { nullable: true, description: "Code of GB/T 38565, seven digits." })
  itemCode!: string | null;

  @Field(() => Unit)
  unit!: Unit;

  @Field(() => DecimalScalar)
  quantity!: string;
}

@ObjectType({ description: "What a donor wants the gift used for. A missing part restricts nothing." })
export class DonationEarmark {
  @Field(() => NeedCategory, { nullable: true })
  category!: NeedCategory | null;

  @Field(() => String, {
    nullable: true,
    description: "Leading digits of division codes: 4302 stands for all of Zhuzhou.",
  })
  divisionPrefix!: string | null;

  @Field(() => Project, { nullable: true })
  project!: Project | null;
}
