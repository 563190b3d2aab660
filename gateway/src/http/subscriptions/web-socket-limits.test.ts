import { SocketProbe } from "@alliance-hub/tests/kit/socket-probe";
import { provideSocketServer } from "@alliance-hub/tests/kit/socket-server";
import { until } from "@alliance-hub/tests/kit/until";

const sockets = provideSocketServer();
const { start, probe } = sockets;

describe("limits of WebSockets", () => {
  it("bound the operations of one socket, and let others in when one has ended", async () => {
    await start({ subscriptions: { maxOperationsPerSocket: 2 } });
    const client = await probe().initialise();
    client.subscribe("1", "{ wait }");
    client.subscribe("2", "{ wait }");
    client.subscribe("3", "{ greeting }");
    expect((await client.untilMessages(2))[1]).toMatchObject({
      id: "3",
      type: "error",
      payload: [{ extensions: { code: "LIMIT_EXCEEDED", limit: "socketOperations" } }],
    });
    client.say({ id: "2", type: "complete" });
    client.subscribe("1b", "{ greeting }");
    expect((await client.untilMessages(4))[2]).toMatchObject({ id: "1b", type: "next" });
  });

  it("bound the sockets, and let others in when one has gone", async () => {
    await start({ subscriptions: { maxSockets: 1 } });
    const first = await probe().initialise();
    const refused = await probe().untilRefused();
    expect(refused?.status).toBe(503);
    expect(JSON.parse(refused?.body ?? "")).toMatchObject({ errors: [{ extensions: { code: "RATE_LIMITED" } }] });
    first.socket.close();
    await first.untilClosed();
    await probe().initialise();
  });

  it("cut off a socket that does not answer a sign of life", async () => {
    await start({ subscriptions: { heartbeatMs: 20 } });
    const living = await probe().initialise();
    const dead = new SocketProbe(`${sockets.running?.url.replace("http", "ws")}/graphql`, ["graphql-transport-ws"], {
      autoPong: false,
    });
    sockets.keep(dead);
    await dead.initialise();
    expect(await dead.untilClosed()).toMatchObject({ code: 1006 });
    expect(living.closed).toBeUndefined();
  });

  it("close a socket on which nothing happens, and none on which something runs", async () => {
    await start({ subscriptions: { heartbeatMs: 10, idleTimeoutMs: 30 } });
    const busy = await probe().initialise();
    busy.subscribe("1", "{ wait }");
    const idle = await probe().initialise();
    expect(await idle.untilClosed()).toEqual({ code: 1000, reason: "Idle" });
    expect(busy.closed).toBeUndefined();
  });

  it("cut off a client that asks and asks and never reads", async () => {
    await start({ subscriptions: { maxUnsentBytes: 64 * 1024, maxOperationsPerSocket: 1_000_000 } });
    const client = await probe().initialise();
    const name = "x".repeat(50_000);
    client.socket.pause();
    for (let index = 0; index < 1_000; index += 1) {
      client.subscribe(String(index), "query ($name: String) { greeting(name: $name) }", { variables: { name } });
    }
    await until("its socket is cut", () => client.socket.bufferedAmount === 0);
    client.socket.resume();
    expect(await client.untilClosed()).toMatchObject({ code: 1006 });
  });
});

describe("the handshake", () => {
  it.each([
    ["a page of a listed site", "https://partner.example", 101],
    ["a page of another site", "https://evil.example", 403],
    ["a page of the same host under another scheme's port", "http://127.0.0.1:1", 403],
    ["a page without an origin", "null", 403],
  ])("of %s (%s) is answered %s", async (_name, origin, status) => {
    await start({ cors: { origins: ["https://partner.example"] } });
    const client = probe("/graphql", undefined, { origin });
    if (status === 101) {
      await client.initialise();
    } else {
      expect(await client.untilRefused()).toMatchObject({ status });
      expect(sockets.running?.logLines).toMatchObject([{ msg: "request", status: 403, errorCodes: ["FORBIDDEN"] }]);
    }
  });

  it("of a page of the hub's own, and of any site where all are allowed, is taken", async () => {
    const { url } = await start();
    await probe("/graphql", undefined, { origin: url }).initialise();
    await sockets.running?.server.close();
    await start({ cors: { origins: ["*"] } });
    await probe("/graphql", undefined, { origin: "https://anyone.example" }).initialise();
  });

  it("at another path is answered 404", async () => {
    await start();
    expect(await probe("/other").untilRefused()).toMatchObject({ status: 404 });
  });

  it("for another protocol than WebSocket is ignored: the request is answered as it is", async () => {
    const { url } = await start();
    const { port } = new URL(url);
    const { request } = await import("node:http");
    const body = JSON.stringify({ query: "{ greeting }" });
    const ask = () =>
      new Promise<string>((resolve, reject) => {
        const headers = {
          "content-type": "application/json",
          connection: "Upgrade, HTTP2-Settings",
          upgrade: "h2c",
          "http2-settings": "AAMAAABkAAQAoAAAAAIAAAAA",
        };
        const sent = request({ port, host: "127.0.0.1", path: "/graphql", method: "POST", headers }, (response) => {
          let text = "";
          response.on("data", (piece) => {
            text += piece;
          });
          response.on("end", () => resolve(`${response.statusCode} ${text}`));
        });
        sent.on("error", reject);
        sent.end(body);
      });
    expect(await ask()).toBe('200 {"data":{"greeting":"Hello world"}}');
  });
});

describe("HttpServer.close() with sockets", () => {
  it("closes an idle one, lets a running operation end, and takes no other", async () => {
    await start({ limits: { shutdownTimeoutMs: 100 } });
    const idle = await probe().initialise();
    const busy = await probe().initialise();
    busy.subscribe("1", "{ wait }");
    await until("the operation runs", () => (sockets.running?.gateway.requests.length ?? 0) === 1);
    const closed = sockets.running?.server.close();
    expect(await idle.untilClosed()).toEqual({ code: 1012, reason: "Service restart" });
    expect(busy.closed).toBeUndefined();
    await closed;
    expect(await busy.untilClosed()).toMatchObject({ code: 1006 });
    expect(sockets.running?.gateway.requests[0]?.signal.aborted).toBe(true);
  });
});
