import "reflect-metadata";
import { NodeInterface, OwnedRow } from "@alliance-hub/shared/database/owned-row";
import { childrenLoader, rowLoader } from "@alliance-hub/shared/database/row-loader";
import { requireGlobalId } from "@alliance-hub/shared/global-id";
import type { RequestContext } from "@alliance-hub/shared/request-context";
import { DateScalar } from "@alliance-hub/shared/scalars/date.scalar";
import type { SubgraphDefinition } from "@alliance-hub/shared/server/subgraph";
import { Arg, Ctx, Directive, Field, FieldResolver, ID, Int, ObjectType, Query, Resolver, Root } from "type-graphql";
import { Column, Entity, type MigrationInterface, type QueryRunner } from "typeorm";

@Directive('@key(fields: "id")')
@ObjectType({ implements: NodeInterface, description: "Volunteers of one day for one project." })
@Entity()
export class VolunteerShift extends OwnedRow {
  @Column({ type: "text", collation: "C" })
  projectId!: string;

  @Field(() => DateScalar)
  @Column({ type: "date" })
  day!: string;

  @Field(() => Int, { description: "People who are expected." })
  @Column({ type: "int" })
  volunteers!: number;
}

/** Kept by the projects subgraph: here it is its key and what is added to it. */
@Directive('@key(fields: "id")')
@ObjectType()
class Project {
  @Field(() => ID)
  id!: string;
}

const shiftByIdLoader = rowLoader(VolunteerShift, "id");
const shiftsOfProjectLoader = childrenLoader(VolunteerShift, "projectId", { day: "ASC", id: "ASC" });

@Resolver(() => Project)
class ProjectResolver {
  @Query(() => VolunteerShift, { nullable: true })
  volunteerShift(@Ctx() context: RequestContext, @Arg("id", () => ID) id: string): Promise<VolunteerShift | null> {
    requireGlobalId(id, "VolunteerShift", "id");
    return context.loader(shiftByIdLoader).load(id);
  }

  @FieldResolver(() => [VolunteerShift], { name: "caring_volunteers_shifts", nullable: true })
  shifts(@Root() project: Project, @Ctx() context: RequestContext): Promise<VolunteerShift[]> {
    return context.loader(shiftsOfProjectLoader).load(project.id);
  }
}

class CreateVolunteering1761955200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE volunteer_shift (
      id text COLLATE "C" PRIMARY KEY, owner_member text NOT NULL CHECK (split_part(id, '.', 1) = owner_member),
      version int NOT NULL, created_at timestamptz(3) NOT NULL, updated_at timestamptz(3) NOT NULL,
      project_id text COLLATE "C" NOT NULL, day date NOT NULL, volunteers int NOT NULL CHECK (volunteers > 0))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP TABLE volunteer_shift");
  }
}

export const VOLUNTEERING_SUBGRAPH: SubgraphDefinition = {
  name: "volunteering",
  entities: [VolunteerShift],
  migrations: [CreateVolunteering1761955200000],
  resolvers: [ProjectResolver],
  // No root field leads to a project: only references do.
  orphanedTypes: [Project],
  references: {
    VolunteerShift: ({ id }, context) => context.loader(shiftByIdLoader).load(String(id)),
    Project: ({ id }) => ({ id }),
  },
};
