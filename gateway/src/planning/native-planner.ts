import type { NativePlanner } from "./plan-node";

/** The query planner is compiled code, and there is none for this machine. `main` prints the message and exits 1. */
export class PlannerUnavailable extends Error {
  override readonly name = "PlannerUnavailable";

  constructor(options?: ErrorOptions) {
    super(
      `The query planner has no binary for ${process.platform}-${process.arch} (it has: Linux with glibc and macOS, each x64 and arm64): run the gateway there, or in the Docker image.`,
      options,
    );
  }
}

/** The supergraph is not one that the planner understands. */
export class SupergraphInvalid extends Error {
  override readonly name = "SupergraphInvalid";
}

/** Loads the binary when it is first needed, so that everything that does not plan (`hub compose`) works anywhere. */
export function createNativePlanner(
  supergraphSdl: string,
  load: () => unknown = () => require("@graphql-hive/router-query-planner"),
): NativePlanner {
  let binding: { QueryPlanner?: new (sdl: string) => NativePlanner };
  try {
    binding = load() as typeof binding;
  } catch (error) {
    throw new PlannerUnavailable({ cause: error });
  }
  if (typeof binding.QueryPlanner !== "function") {
    throw new PlannerUnavailable();
  }
  try {
    return new binding.QueryPlanner(supergraphSdl);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SupergraphInvalid(`The supergraph cannot be served: ${reason}`, { cause: error });
  }
}
