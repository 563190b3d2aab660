import { request as startRequest } from "node:http";
import { createContext, runInContext } from "node:vm";
import { EXPLORER_SCRIPT } from "@alliance-hub/gateway/http/explorer-script";
import { readEventStream } from "@alliance-hub/tests/kit/event-stream-client";
import { until } from "@alliance-hub/tests/kit/until";
import { type MatchDay, type MatchDayOptions, startMatchDay } from "./match-day";

let day: MatchDay | undefined;

afterEach(async () => {
  await day?.close();
  day = undefined;
});

async function start(options?: MatchDayOptions): Promise<MatchDay> {
  day = await startMatchDay(options);
  return day;
}

const SCORED = "subscription { scored { minute } }";
const JSON_TYPE = { "content-type": "application/json" };

describe("a request that accepts a stream of events", () => {
  it("is answered in events, whatever it asks: the result, then the end", async () => {
    const { url } = await start();
    const answer = await readEventStream(url, "{ match }");
    expect(answer.text).toBe(':\n\nevent: next\ndata: {"data":{"match":null}}\n\nevent: complete\ndata: \n\n');
    expect(answer.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(answer.headers.get("x-request-id")).toMatch(/./);
    const invalid = await readEventStream(url, "{ absent }");
    expect([invalid.status, invalid.isComplete]).toEqual([200, true]);
    expect(invalid.results).toMatchObject([{ errors: [{ extensions: { code: "BAD_USER_INPUT" } }] }]);
  });

  it("and JSON is answered in JSON, but for a subscription", async () => {
    const { url, goals } = await start();
    const accept = "application/graphql-response+json, application/json, text/event-stream";
    const query = await readEventStream(url, "{ match }", accept);
    expect(query.headers.get("content-type")).toBe("application/graphql-response+json; charset=utf-8");
    expect(JSON.parse(query.text)).toEqual({ data: { match: null } });
    const invalid = await readEventStream(url, "{ absent }", accept);
    expect([invalid.status, JSON.parse(invalid.text)]).toMatchObject([400, { errors: [{}] }]);
    const subscription = readEventStream(url, SCORED, accept);
    await goals.untilSubscribed();
    goals.emit({ minute: 1 });
    goals.end();
    expect((await subscription).results).toEqual([{ data: { scored: { minute: 1 } } }]);
  });

  it("is refused by HTTP where it is no operation at all", async () => {
    const { url } = await start({ server: { limits: { maxBodyBytes: 100 } } });
    const accept = { accept: "text/event-stream" };
    const ask = (init: RequestInit) => fetch(url, { method: "POST", ...init });
    const statuses = await Promise.all([
      ask({ headers: { ...JSON_TYPE, ...accept }, body: "{" }),
      ask({ headers: { ...JSON_TYPE, ...accept }, body: "x".repeat(101) }),
      ask({ headers: { "content-type": "text/plain", ...accept }, body: "{}" }),
      ask({ headers: { ...JSON_TYPE, accept: "text/html" }, body: "{}" }),
    ]);
    expect(statuses.map(({ status }) => status)).toEqual([400, 413, 415, 406]);
  });

  it("by GET is answered when no other site's page can have sent it, and never changes anything", async () => {
    const { url, goals } = await start();
    const get = (query: string, headers: Record<string, string>) =>
      fetch(`${url}?query=${encodeURIComponent(query)}`, { headers: { accept: "text/event-stream", ...headers } });
    expect((await get(SCORED, {})).status).toBe(400);
    const leaving = new AbortController();
    const subscription = await fetch(`${url}?query=${encodeURIComponent(SCORED)}`, {
      headers: { accept: "text/event-stream", "x-hub-request": "1" },
      signal: leaving.signal,
    });
    expect(subscription.status).toBe(200);
    await goals.untilSubscribed();
    leaving.abort();
    await goals.untilSubscribed(0);
    const mutation = await get('mutation { rename(id: "1", name: "x") { id } }', { "x-hub-request": "1" });
    expect(mutation.status).toBe(405);
  });

  it("is told that without it there are no subscriptions", async () => {
    const { ask } = await start();
    expect(await ask(SCORED)).toMatchObject({ errors: [{ extensions: { code: "BAD_USER_INPUT" } }] });
  });
});

describe("a stream of events", () => {
  it("shows that it lives while nothing happens", async () => {
    const { url, goals } = await start({ server: { subscriptions: { heartbeatMs: 5 } } });
    const response = await fetch(url, {
      method: "POST",
      headers: { ...JSON_TYPE, accept: "text/event-stream" },
      body: JSON.stringify({ query: SCORED }),
    });
    await goals.untilSubscribed();
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    while (text.length < 9) {
      text += (await reader?.read())?.value ?? "";
    }
    expect(text).toMatch(/^(:\n\n)+$/);
    await reader?.cancel();
    await goals.untilSubscribed(0);
  });

  it("whose client reads nothing is ended, and its memory is bounded", async () => {
    const { url, goals, logLines } = await start({
      server: { subscriptions: { stallTimeoutMs: 100 } },
      instance: { streams: { maxWaiting: 8 } },
    });
    const { port } = new URL(url);
    const sent = startRequest({
      port,
      host: "127.0.0.1",
      path: "/graphql",
      method: "POST",
      headers: { ...JSON_TYPE, accept: "text/event-stream" },
    });
    sent.on("error", () => undefined);
    sent.end(JSON.stringify({ query: "subscription { scored { scorer { id } } }" }));
    sent.on("response", (response) => response.pause().on("error", () => undefined));
    await goals.untilSubscribed();
    // More than both sides' systems take in.
    const goal = { minute: 1, scorer: { id: "x".repeat(500_000) } };
    for (let emitted = 0; emitted < 100 && goals.subscribers > 0; emitted += 1) {
      goals.emit(goal);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await goals.untilSubscribed(0);
    await until("the stream has ended", () => logLines.some(({ msg }) => msg === "subscription ended"));
    expect(logLines.find(({ msg }) => msg === "subscription ended")).toMatchObject({ hasClientLeft: true });
    sent.destroy();
  });
});

describe("the explorer's script", () => {
  it("shows a subscription's results one after the other, and stops it", async () => {
    const { url, goals } = await start();
    const fetcher = loadFetcher(url);
    const results = await fetcher({ query: SCORED });
    await goals.untilSubscribed();
    goals.emit({ minute: 1 }, { minute: 2 });
    expect(await results.next()).toEqual({ done: false, value: { data: { scored: { minute: 1 } } } });
    expect(await results.next()).toEqual({ done: false, value: { data: { scored: { minute: 2 } } } });
    const waiting = results.next();
    await results.return();
    expect(await waiting).toEqual({ done: true, value: undefined });
    await goals.untilSubscribed(0);
    expect(await fetcher({ query: "{ match }" })).toEqual({ data: { match: null } });
  });
});

type Fetcher = (parameters: object) => Promise<{ next(): Promise<unknown>; return(): Promise<unknown> }>;

/** Runs the script in a page that is none, and takes what it gives to GraphiQL. */
function loadFetcher(url: string): Fetcher {
  let fetcher: Fetcher | undefined;
  const page = createContext({
    JSON,
    TextDecoderStream,
    Symbol,
    GraphiQL: "GraphiQL",
    document: { getElementById: () => ({ textContent: "[]" }) },
    React: {
      createElement(type: unknown, props: { fetcher: Fetcher }) {
        fetcher = type === "GraphiQL" ? props.fetcher : fetcher;
      },
    },
    ReactDOM: { createRoot: () => ({ render: () => undefined }) },
    fetch: (path: string, init: RequestInit) => fetch(new URL(path, url), init),
  });
  runInContext(EXPLORER_SCRIPT.replaceAll("GraphiQL.Logo", '"logo"'), page);
  if (fetcher === undefined) {
    throw new Error("the script gives GraphiQL no fetcher");
  }
  return fetcher;
}
