import { ArgsType, Field, Int } from "type-graphql";
import { HubError } from "../hub-error";

export const DEFAULT_PAGE_SIZE = 20;
export const MAX_PAGE_SIZE = 100;

@ArgsType()
export class PageArgs {
  @Field(() => Int, { nullable: true, description: "Rows from the start of the list, 1 to 100. Default 20." })
  first?: number | null;

  @Field(() => String, { nullable: true, description: "Cursor after which the page begins." })
  after?: string | null;

  @Field(() => Int, { nullable: true, description: "Rows from the end of the list, 1 to 100." })
  last?: number | null;

  @Field(() => String, { nullable: true, description: "Cursor before which the page ends." })
  before?: string | null;
}

/** A checked page request. */
export interface PageRequest {
  readonly size: number;
  readonly direction: "forward" | "backward";
  readonly after: string | undefined;
  readonly before: string | undefined;
}

/** @throws HubError LIMIT_EXCEEDED above 100 rows; BAD_USER_INPUT for a size below 1 or both directions at once */
export function readPageArgs(args: PageArgs): PageRequest {
  const first = args.first ?? undefined;
  const last = args.last ?? undefined;
  if (first !== undefined && last !== undefined) {
    throw new HubError("BAD_USER_INPUT", "Ask for first or last, not both.", { fields: ["first", "last"] });
  }
  const size = first ?? last ?? DEFAULT_PAGE_SIZE;
  const field = last === undefined ? "first" : "last";
  if (size < 1) {
    throw new HubError("BAD_USER_INPUT", `${field} must be at least 1.`, { fields: [field] });
  }
  if (size > MAX_PAGE_SIZE) {
    throw new HubError("LIMIT_EXCEEDED", `A page has at most ${MAX_PAGE_SIZE} rows.`, { limit: field });
  }
  return {
    size,
    direction: last === undefined ? "forward" : "backward",
    after: args.after ?? undefined,
    before: args.before ?? undefined,
  };
}
