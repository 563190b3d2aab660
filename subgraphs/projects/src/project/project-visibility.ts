import { isStaff } from "@alliance-hub/shared/caller";
import type { RequestContext } from "@alliance-hub/shared/request-context";
import type { ObjectLiteral, SelectQueryBuilder } from "typeorm";
import { ProjectStatus } from "./project-lists";

/**
 * Leaves the rows whose project the caller may see: staff of members all, the public from UNDER_REVIEW on. Everything that
 * reads projects, or what belongs to one, goes through here: rows, lists, counts and references alike.
 * @param query has the project joined under the alias `project`
 */
export function whereProjectVisible<Row extends ObjectLiteral>(
  query: SelectQueryBuilder<Row>,
  context: RequestContext,
): SelectQueryBuilder<Row> {
  return isStaff(context.caller)
    ? query
    : query.andWhere("project.status <> :hiddenStatus", { hiddenStatus: ProjectStatus.PROPOSED });
}
