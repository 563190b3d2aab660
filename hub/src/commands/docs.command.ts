import { ERROR_CODES } from "@alliance-hub/shared/error-codes";
import { checkPrintedFiles, type PrintedFile, writePrintedFiles } from "./printed-files";
import { printResult } from "./terminal";

/** `hub docs`: the pages of docs/ that are printed from the code. */
export function showDocs(choice: { readonly write: boolean; readonly check: boolean }): void {
  const page: PrintedFile = { path: "docs/errors.md", text: printErrorPage() };
  if (choice.check) {
    checkPrintedFiles([page], "npm run hub -- docs --write");
  } else if (choice.write) {
    writePrintedFiles([page]);
  } else {
    printResult(page.text);
  }
}

function printErrorPage(): string {
  const rows = Object.entries(ERROR_CODES).map(([code, { meaning, details, httpStatus, retryable }]) => {
    const facts = details.map((name) => `\`${name}\``).join(", ");
    return `| \`${code}\` | ${meaning} | ${facts} | ${httpStatus} | ${retryable ? "yes" : "no"} |`;
  });
  return `# Errors

<!-- Printed from shared/src/error-codes.ts by \`npm run hub -- docs --write\`. Change the code, not this page. -->

A refusal is a GraphQL error with \`extensions { code, retryable, ...facts }\`. The HTTP status is sent when the response has no
data at all; a partial answer is 200. *Retry* "yes" means that the same request with the same idempotency key may be sent
again unchanged. A row that the caller may not know of answers \`NOT_FOUND\`. Values of the input are never repeated.

| Code | Meaning | Facts beside the code | HTTP | Retry |
|---|---|---|---|---|
${rows.join("\n")}
`;
}
