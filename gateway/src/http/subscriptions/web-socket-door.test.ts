import { SocketProbe } from "@alliance-hub/tests/kit/socket-probe";
import { provideSocketServer } from "@alliance-hub/tests/kit/socket-server";
import { until } from "@alliance-hub/tests/kit/until";
import { DocumentSource } from "../documents/document-source";

const sockets = provideSocketServer();
const { start, probe } = sockets;

const GREETING = [
  { id: "1", type: "next", payload: { data: { greeting: "Hello world" } } },
  { id: "1", type: "complete" },
];

describe("a WebSocket", () => {
  it("answers queries and mutations", async () => {
    await start();
    const client = await probe().initialise();
    client.subscribe("1", "{ greeting }");
    expect(await client.untilMessages(3)).toEqual([{ type: "connection_ack" }, ...GREETING]);
    client.subscribe("1", "mutation { count }");
    expect((await client.untilMessages(5))[3]).toEqual({ id: "1", type: "next", payload: { data: { count: 1 } } });
  });

  it("tells errors of a request as an error, those of fields beside the data", async () => {
    await start();
    const client = await probe().initialise();
    client.subscribe("1", "{ absent }");
    expect((await client.untilMessages(2))[1]).toMatchObject({
      id: "1",
      type: "error",
      payload: [{ extensions: { code: "BAD_USER_INPUT" } }],
    });
    client.subscribe("2", "{ refuse }");
    expect((await client.untilMessages(4)).slice(2)).toMatchObject([
      { id: "2", type: "next", payload: { data: null, errors: [{ extensions: { code: "FORBIDDEN" } }] } },
      { id: "2", type: "complete" },
    ]);
  });

  it("writes a line for the handshake and for each operation, none with what it asks", async () => {
    const { logLines } = await start();
    const client = await probe("/graphql?token=secret").initialise();
    client.subscribe("1", 'query Hi { greeting(name: "secret") }');
    await client.untilMessages(3);
    expect(logLines).toMatchObject([
      { msg: "request", method: "GET", path: "/graphql", status: 101 },
      { msg: "request", method: "WS", path: "/graphql", status: 200, operationName: "Hi", operationKind: "query" },
    ]);
    expect(JSON.stringify(logLines)).not.toContain("secret");
  });

  it("answers pings, of the protocol and of WebSocket", async () => {
    await start();
    const client = await probe().open();
    let pongs = 0;
    client.socket.on("pong", () => {
      pongs += 1;
    });
    client.say({ type: "ping" });
    client.socket.ping();
    expect(await client.untilMessages(1)).toEqual([{ type: "pong" }]);
    await until("there is a pong", () => pongs === 1);
  });

  it("takes documents through the trusted list, as HTTP does", async () => {
    const text = "{ greeting }";
    await start({
      documents: new DocumentSource({
        trusted: { byId: new Map([["hi", text]]), texts: new Set([text]) },
        trustedOnly: true,
      }),
    });
    const client = await probe().initialise();
    client.subscribe("1", "{ __typename }");
    expect((await client.untilMessages(2))[1]).toMatchObject({ payload: [{ extensions: { code: "FORBIDDEN" } }] });
    client.say({ id: "1", type: "subscribe", payload: { documentId: "hi" } });
    expect((await client.untilMessages(4)).slice(2)).toEqual(GREETING);
  });

  it.each([
    ["too deep", { a: { b: { c: {} } } }, "LIMIT_EXCEEDED"],
    ["too many", { list: [1, 2, 3, 4, 5, 6, 7, 8] }, "LIMIT_EXCEEDED"],
  ])("refuses variables that are %s, and goes on", async (_name, variables, code) => {
    await start({ limits: { maxJsonDepth: 4, maxJsonValues: 10, shutdownTimeoutMs: 50 } });
    const client = await probe().initialise();
    client.subscribe("1", "{ greeting }", { variables });
    expect((await client.untilMessages(2))[1]).toMatchObject({ type: "error", payload: [{ extensions: { code } }] });
    client.subscribe("1", "{ greeting }", { variables: { a: { b: {} } } });
    expect((await client.untilMessages(4)).slice(2)).toEqual(GREETING);
  });

  it("refuses a key __proto__", async () => {
    await start();
    const client = await probe().initialise();
    client.say('{"id":"1","type":"subscribe","payload":{"query":"{ greeting }","variables":{"__proto__":{"x":1}}}}');
    expect((await client.untilMessages(2))[1]).toMatchObject({ payload: [{ extensions: { code: "BAD_USER_INPUT" } }] });
    client.say('{"id":"1","type":"subscribe","__proto__":{"id":"2"},"payload":{"query":"{ greeting }"}}');
    expect((await client.untilMessages(4)).slice(2)).toEqual(GREETING);
  });

  it("aborts an operation that its client completes, and its id may be used again", async () => {
    await start();
    const client = await probe().initialise();
    client.subscribe("1", "{ wait }");
    await until("the operation runs", () => (sockets.running?.gateway.requests.length ?? 0) === 1);
    client.say({ id: "1", type: "complete" });
    await until("it is aborted", () => sockets.running?.gateway.requests[0]?.signal.aborted === true);
    client.subscribe("1", "{ greeting }");
    expect((await client.untilMessages(3)).slice(1)).toEqual(GREETING);
  });

  it("aborts what runs when the socket is cut", async () => {
    await start();
    const client = await probe().initialise();
    client.subscribe("1", "{ wait }");
    await until("the operation runs", () => (sockets.running?.gateway.requests.length ?? 0) === 1);
    client.socket.terminate();
    await until("it is aborted", () => sockets.running?.gateway.requests[0]?.signal.aborted === true);
  });
});

describe("a WebSocket that breaks the protocol", () => {
  it.each<[string, number, (client: SocketProbe) => unknown]>([
    ["sends no JSON", 4400, (client) => client.say("{")],
    ["sends a list", 4400, (client) => client.say("[]")],
    ["sends null", 4400, (client) => client.say("null")],
    ["sends a type that there is not", 4400, (client) => client.say({ type: "constructor" })],
    ["subscribes without an id", 4400, (client) => client.say({ type: "subscribe", payload: {} })],
    ["has an id of another type", 4400, (client) => client.say({ id: 1, type: "subscribe", payload: {} })],
    ["has an id that is too long", 4400, (client) => client.subscribe("x".repeat(65), "{ greeting }")],
    ["subscribes without a payload", 4400, (client) => client.say({ id: "1", type: "subscribe" })],
    ["sends bytes", 4400, (client) => client.socket.send(Buffer.from('{"type":"ping"}'))],
    ["initialises twice", 4429, (client) => client.say({ type: "connection_init" })],
    [
      "uses an id twice",
      4409,
      (client) => {
        client.subscribe("1", "{ wait }");
        client.subscribe("1", "{ wait }");
      },
    ],
  ])("and %s is closed with %s: %s", async (_name, code, act) => {
    await start();
    const client = await probe().initialise();
    act(client);
    expect(await client.untilClosed()).toMatchObject({ code });
    await until("nothing runs", () => sockets.running?.gateway.requests.every(({ signal }) => signal.aborted) === true);
  });

  it("and subscribes before it is initialised is closed with 4401", async () => {
    await start();
    const client = await probe().open();
    client.subscribe("1", "{ greeting }");
    expect(await client.untilClosed()).toEqual({ code: 4401, reason: "Unauthorized" });
  });

  it("and never initialises is closed with 4408", async () => {
    await start({ subscriptions: { initTimeoutMs: 20 } });
    expect(await (await probe().open()).untilClosed()).toMatchObject({ code: 4408 });
  });

  it("and offers no subprotocol is closed with 4406", async () => {
    await start();
    expect(await probe("/graphql", []).untilClosed()).toEqual({ code: 4406, reason: "Subprotocol not acceptable" });
  });

  it("and offers only the old subprotocol is told that there is none", async () => {
    await start();
    const client = probe("/graphql", ["graphql-ws"]);
    await client.untilClosed();
    expect(client.socket.protocol).toBe("");
  });

  it("and sends more than a message may have is closed before that is parsed; what just fits is answered", async () => {
    const message = (bytes: number) => {
      const text = JSON.stringify({ id: "1", type: "subscribe", payload: { query: "{ greeting }" } });
      return text + " ".repeat(bytes - text.length);
    };
    await start({ limits: { maxBodyBytes: 1_024, shutdownTimeoutMs: 50 } });
    const client = await probe().initialise();
    client.say(message(1_024));
    expect((await client.untilMessages(3)).slice(1)).toEqual(GREETING);
    client.say(message(1_025));
    expect(await client.untilClosed()).toMatchObject({ code: 1009 });
  });
});
