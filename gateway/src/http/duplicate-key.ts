const QUOTE = 0x22;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/**
 * Whether the outermost object has a key twice. `JSON.parse` keeps the last one, while a filter in front of the gateway may
 * have looked at the first: `{"query": "{ harmless }", "query": "{ other }"}`.
 * @param text valid JSON
 */
export function hasDuplicateKey(text: string): boolean {
  const seen = new Set<unknown>();
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case OPEN_OBJECT:
      case OPEN_LIST:
        depth += 1;
        break;
      case CLOSE_OBJECT:
      case CLOSE_LIST:
        depth -= 1;
        break;
      case QUOTE: {
        const end = findStringEnd(text, at);
        if (depth === 1 && isFollowedByColon(text, end)) {
          const key = readString(text.slice(at, end + 1));
          if (seen.has(key)) {
            return true;
          }
          seen.add(key);
        }
        at = end;
        break;
      }
    }
  }
  return false;
}

/** At a quote that no backslash escapes. */
function findStringEnd(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (isEscaped(text, end)) {
    end = text.indexOf('"', end + 1);
  }
  return end;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text.charCodeAt(at - 1 - backslashes) === BACKSLASH) {
    backslashes += 1;
  }
  return backslashes % 2 === 1;
}

function isFollowedByColon(text: string, stringEnd: number): boolean {
  let at = stringEnd + 1;
  while (" \t\r\n".includes(text.charAt(at))) {
    at += 1;
  }
  return text.charAt(at) === ":";
}

/** Parsed where it is not plain: "query" and "\u0071uery" are one key. */
function readString(literal: string): unknown {
  return literal.includes("\\") ? JSON.parse(literal) : literal.slice(1, -1);
}
