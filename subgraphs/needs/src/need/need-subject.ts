import { createUnionType } from "type-graphql";
import { AdminDivision } from "../admin-division/admin-division.stub";
import { Household } from "../household/household.entity";

export const NeedSubject = createUnionType({
  name: "NeedSubject",
  description: "Who needs it: a household, or a village as a whole.",
  types: () => [Household, AdminDivision] as const,
  resolveType: (subject) => (subject instanceof Household ? "Household" : "AdminDivision"),
});
