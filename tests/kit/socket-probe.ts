import { type ClientOptions, WebSocket } from "ws";
import { until } from "./until";

/** A WebSocket that says what the test says, whether that is the protocol or not. */
export class SocketProbe {
  readonly messages: Readonly<Record<string, unknown>>[] = [];
  /** Set when the server has closed. */
  closed: { readonly code: number; readonly reason: string } | undefined;
  /** Set when the server did not take the socket. */
  refused: { readonly status: number | undefined; readonly body: string } | undefined;
  readonly socket: WebSocket;

  constructor(url: string, protocols: string[] = ["graphql-transport-ws"], options: ClientOptions = {}) {
    this.socket = new WebSocket(url, protocols, options);
    this.socket.on("message", (data) => this.messages.push(JSON.parse(String(data))));
    this.socket.on("close", (code, reason) => {
      this.closed = { code, reason: reason.toString() };
    });
    this.socket.on("error", () => undefined);
    this.socket.on("unexpected-response", (_request, response) => {
      let body = "";
      response.on("data", (piece) => {
        body += piece;
      });
      response.on("end", () => {
        this.refused = { status: response.statusCode, body };
      });
    });
  }

  async open(): Promise<this> {
    await until("the socket is open", () => this.socket.readyState === WebSocket.OPEN);
    return this;
  }

  /** Opens and says `connection_init`. */
  async initialise(): Promise<this> {
    await this.open();
    this.say({ type: "connection_init" });
    await this.untilMessages(1);
    return this;
  }

  say(message: object | string): void {
    this.socket.send(typeof message === "string" ? message : JSON.stringify(message));
  }

  subscribe(id: string, query: string, more: object = {}): void {
    this.say({ id, type: "subscribe", payload: { query, ...more } });
  }

  async untilMessages(count: number): Promise<SocketProbe["messages"]> {
    await until(`there are ${count} messages`, () => this.messages.length >= count || this.closed !== undefined);
    return this.messages;
  }

  async untilClosed(): Promise<SocketProbe["closed"]> {
    await until("the socket is closed", () => this.closed !== undefined);
    return this.closed;
  }

  async untilRefused(): Promise<SocketProbe["refused"]> {
    await until("the socket is refused", () => this.refused !== undefined);
    return this.refused;
  }
}
