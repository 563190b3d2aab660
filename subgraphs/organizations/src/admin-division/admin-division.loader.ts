import { parseGlobalId } from "@alliance-hub/shared/global-id";
import { groupByKey } from "@alliance-hub/shared/group-by-key";
import { listCoveringDivisions } from "@alliance-hub/shared/identifiers/division-code";
import type { LoaderDefinition } from "@alliance-hub/shared/request-context";
import DataLoader from "dataloader";
import { In } from "typeorm";
import { AdminDivision } from "./admin-division.entity";

/** A division as it is now, or, when its code is no longer in force, as it last was. */
export const divisionByCodeLoader: LoaderDefinition<string, AdminDivision | null> = {
  create: ({ database }) =>
    new DataLoader(async (codes) => {
      const periods = await database.manager.find(AdminDivision, {
        where: { code: In([...codes]) },
        order: { validFrom: "DESC" },
      });
      const byCode = groupByKey(periods, (period) => period.code);
      return codes.map((code) => byCode.get(code)?.[0] ?? null);
    }),
};

/** The member that governs a division: set on it or on the nearest division above. */
export const governingMemberLoader: LoaderDefinition<string, string | null> = {
  create: ({ database }) =>
    new DataLoader(async (codes) => {
      const chains = codes.map(listCoveringDivisions);
      const governed = await database.manager
        .createQueryBuilder(AdminDivision, "division")
        .where("division.code IN (:...codes) AND division.governed_by IS NOT NULL", {
          codes: [...new Set(chains.flat())],
        })
        .orderBy("division.validFrom", "ASC")
        .getMany();
      const governorByCode = new Map(governed.map((division) => [division.code, division.governedBy]));
      return chains.map(
        (chain) => chain.map((code) => governorByCode.get(code)).find((member) => member != null) ?? null,
      );
    }),
};

/** The code in a division's node id; undefined for any other text. */
export function codeOfDivisionId(id: string): string | undefined {
  const parsed = parseGlobalId(id);
  return parsed?.kind === "admin-division" ? parsed.key : undefined;
}
