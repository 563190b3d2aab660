import { readFileSync } from "node:fs";
import { StartError } from "@alliance-hub/shared/server/start-error";
import type { GatewayEnvironment } from "../env";
import { AutomaticDocuments } from "../http/documents/automatic-documents";
import { DocumentSource } from "../http/documents/document-source";
import {
  readTrustedDocuments,
  type TrustedDocuments,
  TrustedDocumentsInvalid,
} from "../http/documents/trusted-documents";

type DocumentChoices = Pick<
  GatewayEnvironment,
  "TRUSTED_DOCUMENTS" | "TRUSTED_DOCUMENTS_ONLY" | "AUTOMATIC_PERSISTED_QUERIES"
>;

/**
 * Which documents are answered, as the operator chose.
 * @throws StartError for a list that cannot be read, and for a list that is to be a fence while any document may enter
 */
export function openDocumentSource(choices: DocumentChoices): DocumentSource {
  const isAutomatic = choices.AUTOMATIC_PERSISTED_QUERIES === "true";
  if (choices.TRUSTED_DOCUMENTS === undefined) {
    return new DocumentSource(isAutomatic ? { automatic: new AutomaticDocuments() } : {});
  }
  const trustedOnly = choices.TRUSTED_DOCUMENTS_ONLY === "true";
  if (trustedOnly && isAutomatic) {
    throw new StartError(
      "AUTOMATIC_PERSISTED_QUERIES=true would let any document in beside the trusted ones. Set it to false, or TRUSTED_DOCUMENTS_ONLY=false.",
    );
  }
  return new DocumentSource({
    trusted: readDocumentFile(choices.TRUSTED_DOCUMENTS),
    trustedOnly,
    ...(isAutomatic && { automatic: new AutomaticDocuments() }),
  });
}

function readDocumentFile(path: string): TrustedDocuments {
  let json: string;
  try {
    json = readFileSync(path, "utf8");
  } catch (error) {
    const { code = "unknown" } = error as NodeJS.ErrnoException;
    throw new StartError(`The trusted documents in ${path} cannot be read (${code}).`, { cause: error });
  }
  try {
    return readTrustedDocuments(json);
  } catch (error) {
    throw error instanceof TrustedDocumentsInvalid
      ? new StartError(`The trusted documents in ${path} cannot be used. ${error.message}`, { cause: error })
      : error;
  }
}
