import { HttpRefusal } from "../http-refusal";
import { PersistedQueryRefusal } from "../persisted-query-refusal";
import type { AutomaticDocuments } from "./automatic-documents";
import type { TrustedDocuments } from "./trusted-documents";

/** How a request says what it wants to run: by text, by id, or both. */
export interface DocumentReference {
  readonly query: string | undefined;
  /** The parameter `documentId`: the id of a trusted document. */
  readonly documentId: string | undefined;
  /** `extensions.persistedQuery.sha256Hash`: the id of a trusted document, or the hash of an automatic one. */
  readonly sha256Hash: string | undefined;
}

export interface DocumentSourceOptions {
  readonly trusted?: TrustedDocuments;
  /** Whether nothing but trusted documents is answered. */
  readonly trustedOnly?: boolean;
  /** Undefined: no automatic persisted queries. */
  readonly automatic?: AutomaticDocuments;
}

/** From what a request names to the text that is run. Every door of the gateway asks it, or the trusted list is no fence. */
export class DocumentSource {
  constructor(readonly options: DocumentSourceOptions = {}) {}

  /**
   * @throws HttpRefusal FORBIDDEN for what is not on a list that is enforced; NOT_FOUND for an unknown `documentId`;
   * BAD_USER_INPUT when there is neither text nor id, or the hash is of another text
   * @throws PersistedQueryRefusal for a hash in place of a text that is not known, or not served
   */
  resolveDocument(reference: DocumentReference): string {
    const trusted = this.#findTrusted(reference);
    if (trusted !== undefined) {
      return trusted;
    }
    if (this.options.trustedOnly === true) {
      throw new HttpRefusal(403, "FORBIDDEN", "Only documents of the trusted list are answered here.");
    }
    const { query, documentId, sha256Hash } = reference;
    if (documentId !== undefined && query === undefined) {
      throw new HttpRefusal(404, "NOT_FOUND", "There is no document with this documentId.");
    }
    if (sha256Hash === undefined) {
      return query ?? missingQuery();
    }
    return query === undefined ? this.#recall(sha256Hash) : this.#learn(sha256Hash, query);
  }

  /** A trusted text in full is the same as its id. With both, they must agree. */
  #findTrusted({ query, documentId, sha256Hash }: DocumentReference): string | undefined {
    const { trusted } = this.options;
    if (trusted === undefined) {
      return undefined;
    }
    const id = documentId ?? sha256Hash;
    const text = id === undefined ? undefined : (trusted.byId.get(id) ?? trusted.byId.get(withoutAlgorithm(id)));
    if (query === undefined) {
      return text;
    }
    if (text !== undefined && text !== query) {
      throw new HttpRefusal(400, "BAD_USER_INPUT", "The document is not the one of the given id: send one of them.", {
        fields: ["query"],
      });
    }
    return trusted.texts.has(query) ? query : undefined;
  }

  #recall(sha256Hash: string): string {
    const { automatic } = this.options;
    if (automatic === undefined) {
      throw new PersistedQueryRefusal("PersistedQueryNotSupported");
    }
    const text = automatic.find(sha256Hash);
    if (text === undefined) {
      throw new PersistedQueryRefusal("PersistedQueryNotFound");
    }
    return text;
  }

  /** Where nothing is kept the hash is of no importance, and clients that send it with every document are served. */
  #learn(sha256Hash: string, query: string): string {
    if (this.options.automatic?.keep(sha256Hash, query) === false) {
      throw new HttpRefusal(400, "BAD_USER_INPUT", "The hash is not the SHA-256 of the document.", {
        fields: ["extensions"],
      });
    }
    return query;
  }
}

/** `sha256:<hash>` is how the appendix on persisted documents of GraphQL over HTTP writes ids. */
function withoutAlgorithm(id: string): string {
  return id.startsWith("sha256:") ? id.slice("sha256:".length) : id;
}

function missingQuery(): never {
  throw new HttpRefusal(400, "BAD_USER_INPUT", 'The parameter "query" is missing: it holds the GraphQL document.', {
    fields: ["query"],
  });
}
