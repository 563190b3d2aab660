import { readBlocks, readDocumentedOperations } from "./markdown-blocks";

const PAGE = [
  "# Page",
  "```graphql",
  "{ a }",
  "",
  "```",
  "1. A list",
  "   ~~~~graphql title",
  "   {",
  "     b",
  "   }",
  "   ~~~",
  "   ~~~~",
  "````markdown",
  "```graphql",
  "{ notOurs }",
  "```",
  "````",
  "Words and `code` and ```graphql``` inline.",
  "```sh",
  "npm start",
  "```",
  "",
].join("\n");

describe("readBlocks()", () => {
  it("finds the fenced blocks of a language, without their indentation, and none inside of others", () => {
    expect(readBlocks("page.md", PAGE, "graphql")).toEqual([
      { file: "page.md", line: 2, text: "{ a }\n\n" },
      { file: "page.md", line: 7, text: "{\n  b\n}\n~~~\n" },
    ]);
    expect(readBlocks("page.md", PAGE.replaceAll("\n", "\r\n"), "sh")).toEqual([
      { file: "page.md", line: 19, text: "npm start\n" },
    ]);
  });

  it("refuses a fence that is never closed", () => {
    expect(() => readBlocks("page.md", "```graphql\n{ a }\n", "graphql")).toThrow(
      "page.md:1: the fence is never closed",
    );
  });
});

describe("readDocumentedOperations()", () => {
  it("finds operations of the pages of this repository, and no type definitions", () => {
    const operations = readDocumentedOperations();
    expect(operations.map(({ file }) => file)).toEqual(expect.arrayContaining(["README.md", "docs/request-path.md"]));
    for (const { text } of operations) {
      expect(text).not.toMatch(/^\s*(?:extend )?type /m);
    }
  });
});
