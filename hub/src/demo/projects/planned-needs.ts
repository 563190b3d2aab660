import { NeedStatus } from "@alliance-hub/needs/need/need-lists";
import { PlannedNeed } from "@alliance-hub/projects/planned-need/planned-need.entity";
import { ProjectStatus } from "@alliance-hub/projects/project/project-lists";
import { coversDivision } from "@alliance-hub/shared/identifiers/division-code";
import { makeRow } from "../demo-batch";
import type { DemoPlan } from "../demo-plan";
import type { DemoNeed } from "../needs/demo-needs";
import { projectIdOf } from "./demo-projects";
import type { ListedProject } from "./listed-project";
import { PROJECTS } from "./project-list";

/** Most needs that one project plans in one copy. */
const MAX_NEEDS_OF_PROJECT = 24;

/** Projects whose work is done plan needs that were answered; the others needs that wait. */
const DONE: readonly ProjectStatus[] = [ProjectStatus.COMPLETED, ProjectStatus.IN_FOLLOW_UP];

/** Which project plans which needs of a copy, by need. A need of the demo is planned by one project at most. */
export function planNeedsOfProjects(needs: readonly DemoNeed[]): Map<string, ListedProject> {
  const projectByNeed = new Map<string, ListedProject>();
  for (const project of PROJECTS) {
    const fitting = needs.filter(({ need }) => !projectByNeed.has(need.id) && fitsProject(need, project));
    for (const { need } of fitting.slice(0, MAX_NEEDS_OF_PROJECT)) {
      projectByNeed.set(need.id, project);
    }
  }
  return projectByNeed;
}

/** The planned needs of one copy, each with the whole quantity of its first item. */
export function generatePlannedNeeds(plan: DemoPlan, needs: readonly DemoNeed[]): PlannedNeed[] {
  const projectByNeed = planNeedsOfProjects(needs);
  return needs.flatMap(({ need, items }) => {
    const project = projectByNeed.get(need.id);
    const quantity = items[0]?.requested;
    return project === undefined || quantity === undefined
      ? []
      : [makeRow(PlannedNeed, { projectId: projectIdOf(plan, project.code), needId: need.id, quantity })];
  });
}

function fitsProject(need: DemoNeed["need"], project: ListedProject): boolean {
  const isDone = DONE.includes(project.status);
  const fitsState = isDone
    ? need.status === NeedStatus.FULFILLED || need.status === NeedStatus.CLOSED
    : need.status === NeedStatus.PUBLISHED;
  return (
    fitsState &&
    need.category === project.category &&
    project.locations.some(([division]) => coversDivision(division, need.villageCode))
  );
}
