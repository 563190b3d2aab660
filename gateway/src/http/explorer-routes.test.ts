import { type RunningHttpServer, startHttpServer } from "@alliance-hub/tests/kit/gateway-http-server";

const EXAMPLES = [
  {
    title: "Published needs",
    query: "# For partners </script><script>alert(1)</script>\nquery PublishedNeeds { greeting }",
    variables: { first: 3 },
  },
];
let running: RunningHttpServer;
let page: string;
let policy: string;

beforeAll(async () => {
  running = await startHttpServer({ explorer: true, exampleQueries: EXAMPLES });
  const response = await fetch(running.url, { headers: { accept: "text/html,application/xhtml+xml,*/*;q=0.8" } });
  expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
  policy = response.headers.get("content-security-policy") ?? "";
  page = await response.text();
});
afterAll(() => running.server.close());

function filesOf(html: string): string[] {
  return [...html.matchAll(/(?:src|href)="(explorer\/[^"]+)"/g)].flatMap((match) => match[1] ?? []);
}

describe("registerExplorerRoutes()", () => {
  it("shows browsers a page whose policy allows its own files and nothing inline", () => {
    expect(page).toContain("<title>Alliance Hub</title>");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(page).not.toMatch(/<style|\sstyle=|\son[a-z]+=/);
    const inline = [...page.matchAll(/<script(?![^>]*\ssrc=)[^>]*>/g)].map((match) => match[0]);
    expect(inline).toEqual(['<script type="application/json" id="example-queries">']);
  });

  it("names nothing outside itself, in the page or in its styles", async () => {
    expect(page.replaceAll("http://www.w3.org/2000/svg", "")).not.toMatch(/https?:|src="\/\/|href="\/\//);
    for (const file of filesOf(page).filter((name) => name.endsWith(".css"))) {
      const style = await (await fetch(`${running.url}/${file}`)).text();
      expect(style).not.toMatch(/@import|url\(\s*["']?(?!data:|#)/);
    }
  });

  it("serves every file that the page names, to be kept for ever", async () => {
    const files = filesOf(page);
    expect(files).toHaveLength(6);
    for (const file of files) {
      const response = await fetch(`${running.url}/${file}`);
      expect(response.status).toBe(200);
      expect(response.headers.get("content-type")).toBe(
        file.endsWith(".css") ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8",
      );
      expect(response.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
      expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(100);
    }
  });

  it("serves scripts that parse", async () => {
    for (const file of filesOf(page).filter((name) => name.endsWith(".js"))) {
      const script = await (await fetch(`${running.url}/${file}`)).text();
      expect(() => new Function(script)).not.toThrow();
    }
  });

  it("carries the examples as data that cannot end its element", () => {
    const data = /id="example-queries">(.*?)<\/script>/s.exec(page)?.[1] ?? "";
    expect(JSON.parse(data)).toEqual(EXAMPLES);
  });

  it("points everyone else to the endpoint", async () => {
    const response = await fetch(running.url, { headers: { accept: "*/*" } });
    expect(response.headers.get("vary")).toContain("accept");
    expect(await response.json()).toMatchObject({ graphql: "/graphql" });
  });

  it("serves no file that the page does not name", async () => {
    for (const path of [
      "explorer/",
      "explorer/graphiql.min.js",
      "explorer/../package.json",
      "explorer/%2e%2e%2fpackage.json",
    ]) {
      expect((await fetch(`${running.url}/${path}`)).status).toBe(404);
    }
  });
});
