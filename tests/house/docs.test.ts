import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { ROOT } from "./lock-file";

/** Files of the repository with one of the endings: committed, or about to be. */
function listFiles(...endings: string[]): string[] {
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { cwd: ROOT });
  return listed
    .toString("utf8")
    .split("\n")
    .filter((path) => endings.some((ending) => path.endsWith(ending)) && existsSync(join(ROOT, path)));
}

function readText(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}

/** What stands between fences is program text, not prose. */
function withoutCode(page: string): string {
  return page.replace(/^```[\s\S]*?^```/gm, "");
}

/** The fragment that a heading is reached by. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number} _-]/gu, "")
    .replaceAll(" ", "-");
}

function listAnchors(page: string): string[] {
  return [...withoutCode(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => anchorOf(heading));
}

describe("pages", () => {
  const pages = listFiles(".md");

  it("link to files and headings that exist", () => {
    const broken: string[] = [];
    for (const path of pages) {
      for (const [, target = ""] of withoutCode(readText(path)).matchAll(/\]\(([^)\s]+)\)/g)) {
        if (/^[a-z]+:/.test(target)) {
          continue;
        }
        const [file = "", anchor] = target.split("#");
        const linked = file === "" ? path : join(dirname(path), file);
        const exists = existsSync(join(ROOT, linked));
        if (!exists || (anchor !== undefined && !listAnchors(readText(linked)).includes(anchor))) {
          broken.push(`${path}: ${target}`);
        }
      }
    }
    expect(broken).toEqual([]);
  });

  it("name files of the repository that exist", () => {
    const missing: string[] = [];
    for (const path of pages) {
      const named = withoutCode(readText(path)).matchAll(
        /`((?:shared|gateway|subgraphs|hub|tests|docs|deploy)\/[\w./-]+\.(?:ts|mjs|md|sql|json|js))`/g,
      );
      for (const [, file = ""] of named) {
        if (!/\/dist\/|NNNN/.test(file) && !existsSync(join(ROOT, file))) {
          missing.push(`${path}: ${file}`);
        }
      }
    }
    expect(missing).toEqual([]);
  });

  it("name sources that exist, where a name alone stands for a file", () => {
    const names = new Set(listFiles(".ts", ".mjs").map((path) => basename(path)));
    const missing = pages.flatMap((path) =>
      [...withoutCode(readText(path)).matchAll(/`(?:[\w-]+\/)*([\w.-]+\.(?:ts|mjs))`/g)]
        .map(([, name = ""]) => name)
        // `.test.ts` and the like stand for an ending.
        .filter((name) => !name.startsWith(".") && !names.has(name))
        .map((name) => `${path}: ${name}`),
    );
    expect(missing).toEqual([]);
  });

  it("name npm scripts that exist", () => {
    const { scripts } = JSON.parse(readText("package.json")) as { scripts: Record<string, string> };
    const unknown: string[] = [];
    for (const path of pages) {
      for (const [, script = ""] of readText(path).matchAll(/npm run ([a-z:]+)/g)) {
        if (scripts[script] === undefined) {
          unknown.push(`${path}: ${script}`);
        }
      }
    }
    expect(unknown).toEqual([]);
  });
});

describe("docs/glossary.md", () => {
  it("explains every mark of a rule in the code", () => {
    const glossary = readText("docs/glossary.md");
    const marks = new Set(listFiles(".ts").flatMap((path) => readText(path).match(/\bINV-\d\d\b/g) ?? []));
    expect([...marks].filter((mark) => !glossary.includes(`| ${mark} `)).sort()).toEqual([]);
  });
});

describe("docs/adr/README.md", () => {
  it("lists every decision under its title", () => {
    const index = readText("docs/adr/README.md").replace(/ +\|/g, " |");
    const records = listFiles(".md").filter((path) => /^docs\/adr\/\d{4}-/.test(path));
    for (const path of records) {
      const [, number = "", title = ""] = /^# (\d{4}): (.+)$/m.exec(readText(path)) ?? [];
      expect(index).toContain(`| [${number}](${path.slice("docs/adr/".length)}) | ${title} |`);
    }
    expect(records.length).toBeGreaterThan(0);
  });
});
