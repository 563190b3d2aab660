import { HubError } from "@alliance-hub/shared/hub-error";
import type { GraphQLError } from "graphql";

/** The operation was not executed: it is malformed, not valid, too large, or of a kind that is not served. */
export class RequestRefused extends Error {
  override readonly name = "RequestRefused";

  constructor(
    /** At least one; each either a HubError or an error of the GraphQL specification, which stands for BAD_USER_INPUT. */
    readonly errors: readonly GraphQLError[],
    options?: ErrorOptions,
  ) {
    super(errors[0]?.message ?? "The operation was refused.", options);
  }

  static because(...refusal: ConstructorParameters<typeof HubError>): RequestRefused {
    return new RequestRefused([new HubError(...refusal)]);
  }
}
