import { HttpRefusal } from "./http-refusal";
import type { ResponseMediaType } from "./media-type";

/**
 * Refuses a hash in place of a document (the protocol of automatic persisted queries). Clients take `NotSupported` for
 * "send the whole document from now on", and `NotFound` for "send it with the hash, this once". They know both by the
 * message, which is therefore no sentence; the code is of the catalogue as always.
 */
export class PersistedQueryRefusal extends HttpRefusal {
  constructor(message: "PersistedQueryNotSupported" | "PersistedQueryNotFound") {
    super(400, "BAD_USER_INPUT", message, { fields: ["query"] });
  }

  /** 200 in the old media type: clients that accept only that one read no body of another status, and would give up. */
  override statusFor(mediaType: ResponseMediaType): number {
    return mediaType === "application/json" ? 200 : this.status;
  }
}
