import { boundsOfDivision } from "@alliance-hub/shared/identifiers/division-code";
import { pageLoader } from "@alliance-hub/shared/lists/page-loader";
import type { Project } from "../project/project.entity";
import { selectProjects } from "../project/project.loader";
import { BY_CREATION } from "../project/project-order";

/** Each division with each project that has a location inside it: once, however many locations lie there. */
const INSIDE_SQL = `(
  SELECT DISTINCT area.code, location.project_id
    FROM unnest(:areas::text[], :froms::text[], :belows::text[]) AS area (code, inside_from, inside_below)
    JOIN project_location location
      ON location.division_code >= area.inside_from AND location.division_code < area.inside_below
)`;

/** Pages of the projects inside divisions. */
export const projectsInsideDivisionLoader = pageLoader<Project, null>({
  order: BY_CREATION,
  query: selectProjects,
  parentExpression: "inside.code",
  joinParents: (query, areas) => {
    const bounds = areas.map(boundsOfDivision);
    query.innerJoin(INSIDE_SQL, "inside", "inside.project_id = project.id", {
      areas,
      froms: bounds.map(({ from }) => from),
      belows: bounds.map(({ below }) => below),
    });
  },
});
