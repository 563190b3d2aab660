/** Runs in the browser: joins GraphiQL, which stands in the page as a global, to the endpoint beside the page. */
export const EXPLORER_SCRIPT = `"use strict";
(() => {
  const examples = JSON.parse(document.getElementById("example-queries").textContent);

  /** Results of a subscription, one after the other, until it ends or GraphiQL's button stops it. */
  function readEvents(reader) {
    async function* read() {
      let text = "";
      for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
        const events = (text + piece.value).split("\\n\\n");
        text = events.pop();
        for (const event of events) {
          const data = event.startsWith("event: next\\n") ? event.slice(event.indexOf("data: ") + 6) : undefined;
          if (data !== undefined) {
            yield JSON.parse(data);
          }
        }
      }
    }
    const results = read();
    return {
      [Symbol.asyncIterator]() {
        return this;
      },
      next: () => results.next(),
      // While a result is awaited a generator does not return; the end of what it reads ends it.
      return: () => reader.cancel().then(() => results.return()),
    };
  }

  async function fetchGraphql(parameters, options) {
    const response = await fetch("graphql", {
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "application/graphql-response+json, application/json;q=0.9, text/event-stream;q=0.8",
        ...((options && options.headers) || {}),
      },
      body: JSON.stringify(parameters),
    });
    if ((response.headers.get("content-type") || "").startsWith("text/event-stream")) {
      return readEvents(response.body.pipeThrough(new TextDecoderStream()).getReader());
    }
    const text = await response.text();
    try {
      return JSON.parse(text);
    } catch {
      return { errors: [{ message: "The answer is not JSON (HTTP status " + response.status + ")." }] };
    }
  }

  const tabs = examples.map(({ title, query, variables }) => ({
    query: query.startsWith("#") ? query : "# " + title + "\\n" + query,
    variables: variables === undefined ? undefined : JSON.stringify(variables, null, 2),
  }));

  /** GraphiQL keeps a visitor's tabs; reading them fails where a browser forbids pages to store anything. */
  function isFirstVisit() {
    try {
      return localStorage.getItem("graphiql:tabState") === null;
    } catch {
      return true;
    }
  }

  const graphiql = React.createElement(
    GraphiQL,
    {
      fetcher: fetchGraphql,
      defaultTabs: tabs.length > 0 ? tabs : undefined,
      // The first tab's query is shown by itself, its variables are not.
      variables: tabs.length > 0 && isFirstVisit() ? tabs[0].variables : undefined,
      defaultEditorToolsVisibility: true,
      shouldPersistHeaders: false,
    },
    React.createElement(GraphiQL.Logo, null, React.createElement("span", { className: "hub-name" }, "Alliance Hub")),
  );
  ReactDOM.createRoot(document.getElementById("explorer")).render(graphiql);
})();
`;

/** What GraphiQL's own stylesheet leaves to the page. */
export const EXPLORER_STYLE = `html, body, #explorer { height: 100%; margin: 0; }
.hub-wait { padding: 2rem; font-family: system-ui, sans-serif; }
.hub-name { font-weight: 600; white-space: nowrap; }
`;
