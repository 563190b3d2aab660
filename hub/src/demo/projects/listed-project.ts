import type { PartnerRole } from "@alliance-hub/projects/partner/partner-role";
import type { ProjectModality, ProjectStatus } from "@alliance-hub/projects/project/project-lists";
import type { NeedCategory } from "@alliance-hub/shared/code-lists/need-category";

/** What is written down of a project of the demo. */
export interface ListedProject {
  readonly code: string;
  /** Code of the lead organization, which is a member and owns the project. */
  readonly lead: string;
  readonly title: string;
  readonly summary: string;
  readonly programme: string | null;
  readonly modality: ProjectModality;
  readonly category: NeedCategory;
  readonly status: ProjectStatus;
  readonly suspendedFrom?: ProjectStatus;
  /** Days before today on which it was proposed and on which it is planned to start and to end. */
  readonly proposedDaysAgo: number;
  readonly startDaysAgo: number;
  readonly endDaysAgo: number;
  readonly minimumFundingYuan: number;
  readonly partners: readonly (readonly [code: string, role: PartnerRole, shareBp: number | null])[];
  readonly locations: readonly (readonly [division: string, shareBp: number])[];
  /** Title and days before today on which it is due; negative for days to come. */
  readonly milestones: readonly (readonly [title: string, dueDaysAgo: number, status: MilestoneOutcome])[];
}

export type MilestoneOutcome = "MET" | "PARTLY_MET" | "NOT_MET" | "WAIVED" | "SCHEDULED";
