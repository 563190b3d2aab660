import { GraphQLError, parse } from "graphql";
import { z } from "zod";

/** Documents that somebody has looked at before they were put to use, by the ids under which clients ask for them. */
export interface TrustedDocuments {
  /** Id, as the list has it -> the document's text. */
  readonly byId: ReadonlyMap<string, string>;
  /** The texts themselves: a client may send one in full. */
  readonly texts: ReadonlySet<string>;
}

/** The list cannot be used. The message says where it is wrong. */
export class TrustedDocumentsInvalid extends Error {
  override readonly name = "TrustedDocumentsInvalid";
}

/** What `@apollo/generate-persisted-query-manifest` writes. */
const APOLLO_MANIFEST = z.object({
  format: z.literal("apollo-persisted-query-manifest"),
  version: z.literal(1),
  operations: z.array(z.object({ id: z.string().min(1), body: z.string().min(1) })),
});

/** What the Relay compiler and GraphQL Code Generator write. */
const PLAIN_LIST = z.record(z.string().min(1), z.string().min(1));

/**
 * Reads a list of trusted documents: an Apollo manifest of version 1, or one object of id and text.
 * @throws TrustedDocumentsInvalid for another form, an id that stands for two texts, a text that is not GraphQL
 */
export function readTrustedDocuments(json: string): TrustedDocuments {
  const byId = new Map<string, string>();
  for (const [id, text] of readEntries(json)) {
    if ((byId.get(id) ?? text) !== text) {
      throw new TrustedDocumentsInvalid(`The id ${id} stands for two documents.`);
    }
    checkSyntax(id, text);
    byId.set(id, text);
  }
  return { byId, texts: new Set(byId.values()) };
}

function readEntries(json: string): readonly (readonly [id: string, text: string])[] {
  let list: unknown;
  try {
    list = JSON.parse(json);
  } catch (error) {
    throw new TrustedDocumentsInvalid("The list is not JSON.", { cause: error });
  }
  const manifest = APOLLO_MANIFEST.safeParse(list);
  if (manifest.success) {
    return manifest.data.operations.map(({ id, body }) => [id, body]);
  }
  const plain = PLAIN_LIST.safeParse(list);
  if (plain.success) {
    return Object.entries(plain.data);
  }
  throw new TrustedDocumentsInvalid(
    'The list is neither {"format": "apollo-persisted-query-manifest", "version": 1, "operations": [{"id", "body"}]} nor {"<id>": "<document>"}.',
  );
}

function checkSyntax(id: string, text: string): void {
  try {
    parse(text, { noLocation: true });
  } catch (error) {
    const reason = error instanceof GraphQLError ? error.message : String(error);
    throw new TrustedDocumentsInvalid(`The document ${id} is not GraphQL: ${reason}`, { cause: error });
  }
}
