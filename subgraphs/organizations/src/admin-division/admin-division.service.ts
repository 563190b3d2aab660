import { businessDateOf } from "@alliance-hub/shared/business-date";
import { padDivisionCode } from "@alliance-hub/shared/identifiers/division-code";
import { invariant } from "@alliance-hub/shared/invariant";
import type { Page } from "@alliance-hub/shared/lists/connection";
import type { PageRequest } from "@alliance-hub/shared/lists/page-args";
import { readPage } from "@alliance-hub/shared/lists/read-page";
import type { SortOrder } from "@alliance-hub/shared/lists/sort-order";
import type { RequestContext } from "@alliance-hub/shared/request-context";
import type { SelectQueryBuilder } from "typeorm";
import { AdminDivision } from "./admin-division.entity";
import { codeOfDivisionId, divisionByCodeLoader, governingMemberLoader } from "./admin-division.loader";
import type { DivisionLevel } from "./division-level";

export interface DivisionFilter {
  readonly parent?: string | null;
  readonly level?: DivisionLevel | null;
  /** Business date; default today. */
  readonly asOf?: string | null;
}

const BY_CODE: SortOrder<AdminDivision> = {
  name: "adminDivision.code",
  direction: "ASC",
  expression: "division.code",
  sqlType: "text",
  keyOf: (division) => division.code,
};

/** The division that had the code on a day; null when the code was not in force then. */
export function findDivision(
  context: RequestContext,
  code: string,
  asOf?: string | null,
): Promise<AdminDivision | null> {
  return whereInForce(context.database.manager.createQueryBuilder(AdminDivision, "division"), context, asOf)
    .andWhere("division.code = :code", { code })
    .getOne();
}

/** Divisions in force on a day, by code. */
export function listDivisions(
  context: RequestContext,
  filter: DivisionFilter,
  page: PageRequest,
): Promise<Page<AdminDivision>> {
  return readPage(
    () => {
      const query = whereInForce(
        context.database.manager.createQueryBuilder(AdminDivision, "division"),
        context,
        filter.asOf,
      );
      if (filter.parent != null) {
        query.andWhere("division.parentCode = :parent", { parent: filter.parent });
      }
      if (filter.level != null) {
        query.andWhere("division.level = :level", { level: filter.level });
      }
      return query;
    },
    BY_CODE,
    page,
  );
}

/** The division a reference names by code or by node id. */
export function resolveDivisionReference(
  context: RequestContext,
  reference: { readonly code?: unknown; readonly id?: unknown },
): Promise<AdminDivision | null> | null {
  const code = typeof reference.code === "string" ? reference.code : codeOfDivisionId(String(reference.id));
  return code === undefined ? null : context.loader(divisionByCodeLoader).load(code);
}

/** The member that governs the division; every division has one. */
export async function findGoverningMember(context: RequestContext, division: AdminDivision): Promise<string> {
  const member = await context.loader(governingMemberLoader).load(division.code);
  invariant(member !== null, `no member governs division ${division.code}`);
  return member;
}

/** Twelve digits, as the statistics bureau writes it. */
export function code12Of(division: AdminDivision): string {
  return padDivisionCode(division.code);
}

function whereInForce(
  query: SelectQueryBuilder<AdminDivision>,
  context: RequestContext,
  asOf: string | null | undefined,
): SelectQueryBuilder<AdminDivision> {
  return query.where("division.validFrom <= :asOf AND (division.validTo IS NULL OR division.validTo >= :asOf)", {
    asOf: asOf ?? businessDateOf(context.now),
  });
}
