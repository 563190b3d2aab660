import { findContentTypeFault, negotiateMediaType } from "./media-type";

const NEW_TYPE = "application/graphql-response+json";
const OLD_TYPE = "application/json";

describe("negotiateMediaType()", () => {
  it.each([
    [undefined, OLD_TYPE],
    ["", OLD_TYPE],
    ["*/*", OLD_TYPE],
    ["application/*", OLD_TYPE],
    [NEW_TYPE, NEW_TYPE],
    [OLD_TYPE, OLD_TYPE],
    [`${NEW_TYPE}, ${OLD_TYPE};q=0.9`, NEW_TYPE],
    [`${OLD_TYPE}, ${NEW_TYPE}`, NEW_TYPE],
    [`${OLD_TYPE}, ${NEW_TYPE};q=0.5`, OLD_TYPE],
    [`${NEW_TYPE};q=0.5, */*;q=0.8`, OLD_TYPE],
    [`*/*, ${OLD_TYPE};q=0`, NEW_TYPE],
    [`Application/JSON; Charset="UTF-8"`, OLD_TYPE],
    ["text/html,application/xhtml+xml,*/*;q=0.8", OLD_TYPE],
    ["text/html", undefined],
    [`${OLD_TYPE};charset=utf-16`, undefined],
    [`${OLD_TYPE};q=0`, undefined],
    [`${OLD_TYPE};q=7`, undefined],
    ["nonsense", undefined],
  ])("%s -> %s", (accept, expected) => {
    expect(negotiateMediaType(accept)).toBe(expected);
  });
});

describe("findContentTypeFault()", () => {
  it.each([
    [undefined, "missing"],
    ["application/json", undefined],
    ["application/json ; charset=utf8", undefined],
    ["application/json; charset=iso-8859-1", "charset"],
    ["text/plain", "type"],
    ["text/plain, application/json", "type"],
    ["application/jsonp", "type"],
    ["application/graphql+json", "type"],
  ])("%s -> %s", (contentType, expected) => {
    expect(findContentTypeFault(contentType)).toBe(expected);
  });
});
