import { registerEnumType } from "type-graphql";

/** How help is given. LOAN and EQUITY belong to the second build and are not accepted yet. */
export enum AssistanceMode {
  CASH = "CASH",
  IN_KIND = "IN_KIND",
  SERVICE = "SERVICE",
  JOB = "JOB",
  TRAINING_PLACE = "TRAINING_PLACE",
  PURCHASE_OF_PRODUCE = "PURCHASE_OF_PRODUCE",
}

registerEnumType(AssistanceMode, { name: "AssistanceMode", description: "How help is given." });
