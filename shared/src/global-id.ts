import { monotonicFactory } from "ulid";
import { HubError } from "./hub-error";

/** The parts of `<member>.<type>.<ulid>`: who owns the row, what it is, which one. */
export interface GlobalId {
  /** Member code of the owner. Never changes, not even when the member moves to its own instance. */
  readonly member: string;
  /** The type's name in kebab-case: `need`, `need-item`. */
  readonly kind: string;
  /** 26 characters of lower-case ULID; for `admin-division` the division code. */
  readonly key: string;
}

const MEMBER = "[a-z][a-z0-9-]{1,30}";
const ULID = "[0-7][0-9a-hjkmnp-tv-z]{25}";
const GLOBAL_ID = new RegExp(`^(${MEMBER})\\.([a-z][a-z-]{1,40})\\.(${ULID})$`);
/** AdminDivision alone is keyed by its code. */
const DIVISION_ID = new RegExp(`^(${MEMBER})\\.(admin-division)\\.([0-9]{6}|[0-9]{9}|[0-9]{12})$`);
/** Longest id that can match; longer input is refused before the expression runs. */
const MAX_LENGTH = 31 + 1 + 41 + 1 + 26;

const nextUlid = monotonicFactory();

/** A new id of a type (`Need`, `NeedItem`) in a member's partition. Ids made by one process in one millisecond still ascend. */
export function makeGlobalId(member: string, typeName: string, atMs: number = Date.now()): string {
  return `${member}.${kindOfType(typeName)}.${nextUlid(atMs).toLowerCase()}`;
}

/** `NeedItem` -> `need-item`. */
export function kindOfType(typeName: string): string {
  return typeName.replace(/(?<=[a-z0-9])(?=[A-Z])/g, "-").toLowerCase();
}

/** `need-item` -> `NeedItem`. */
export function typeOfKind(kind: string): string {
  return kind.replace(/(?:^|-)([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}

/** The parts of an id, or undefined when it is not one. */
export function parseGlobalId(id: string): GlobalId | undefined {
  if (id.length > MAX_LENGTH) {
    return undefined;
  }
  const match = GLOBAL_ID.exec(id) ?? DIVISION_ID.exec(id);
  const [, member, kind, key] = match ?? [];
  return member !== undefined && kind !== undefined && key !== undefined ? { member, kind, key } : undefined;
}

/**
 * The id's parts when it names a row of the wanted type.
 * @param field where the id stood in the input, for the error
 * @throws HubError BAD_USER_INPUT for another type's id or no id at all
 */
export function requireGlobalId(id: string, typeName: string, field: string): GlobalId {
  const parsed = parseGlobalId(id);
  if (parsed === undefined || parsed.kind !== kindOfType(typeName)) {
    throw new HubError("BAD_USER_INPUT", `${field} must be the id of a ${typeName}, such as ${exampleId(typeName)}.`, {
      fields: [field],
    });
  }
  return parsed;
}

/** The member that owns a row. @throws HubError BAD_USER_INPUT when the text is no id */
export function ownerOf(id: string, field = "id"): string {
  const parsed = parseGlobalId(id);
  if (parsed === undefined) {
    throw new HubError("BAD_USER_INPUT", `${field} is not an id of the hub, such as ${exampleId("Need")}.`, {
      fields: [field],
    });
  }
  return parsed.member;
}

function exampleId(typeName: string): string {
  return typeName === "AdminDivision"
    ? "zz-alliance.admin-division.430225"
    : `yanling-county.${kindOfType(typeName)}.01m6a6ft00qt6zy05gthmb57c0`;
}
