import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "graphql";
import { ROOT } from "./program";

/** A fenced block of a page. */
export interface MarkdownBlock {
  /** From the root of the checkout. */
  readonly file: string;
  /** Line of the opening fence, from 1. */
  readonly line: number;
  readonly text: string;
}

const OPENING_FENCE = /^( *)(`{3,}|~{3,})\s*([^\s`]*)[^`]*$/;

/**
 * The fenced blocks of a language (https://spec.commonmark.org/0.31.2/#fenced-code-blocks).
 * @throws when a fence is never closed: what follows would silently be no page any longer
 */
export function readBlocks(file: string, page: string, language: string): MarkdownBlock[] {
  const blocks: MarkdownBlock[] = [];
  const lines = page.split(/\r?\n/);
  for (let index = 0; index < lines.length; index++) {
    const [, indent, fence, info] = OPENING_FENCE.exec(lines[index] ?? "") ?? [];
    if (indent === undefined || fence === undefined) {
      continue;
    }
    const closing = new RegExp(`^ *${fence[0]}{${fence.length},}\\s*$`);
    const end = lines.findIndex((line, at) => at > index && closing.test(line));
    if (end === -1) {
      throw new Error(`${file}:${index + 1}: the fence is never closed`);
    }
    if (info === language) {
      const text = lines.slice(index + 1, end).map((line) => line.replace(new RegExp(`^ {0,${indent.length}}`), ""));
      blocks.push({ file, line: index + 1, text: `${text.join("\n")}\n` });
    }
    index = end;
  }
  return blocks;
}

/** Pages of the repository, committed or about to be. */
function listPages(): string[] {
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.md"], { cwd: ROOT });
  return listed
    .toString("utf8")
    .split("\n")
    .filter((file) => file !== "" && existsSync(join(ROOT, file)));
}

/**
 * The operations that pages show, each with the fragments it needs; blocks of type definitions are left out.
 * @throws GraphQLError naming page and line for a block that is no GraphQL
 */
export function readDocumentedOperations(pages: readonly string[] = listPages()): MarkdownBlock[] {
  return pages
    .flatMap((file) => readBlocks(file, readFileSync(join(ROOT, file), "utf8"), "graphql"))
    .filter(isExecutable);
}

function isExecutable({ file, line, text }: MarkdownBlock): boolean {
  try {
    return parse(text).definitions.some(({ kind }) => kind === "OperationDefinition");
  } catch (error) {
    throw new Error(`${file}:${line}: ${(error as Error).message}`, { cause: error });
  }
}
