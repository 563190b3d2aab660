import { makeConnectionType } from "@alliance-hub/shared/lists/connection";
import { Project } from "./project.entity";

/** The page type of every list of projects, ours and those under other subgraphs' entities. */
export const ProjectConnection = makeConnectionType("Project", () => Project);
