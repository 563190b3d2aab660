import { createServer } from "node:http";
import { WebSocketServer } from "ws";
import { findFreePort } from "./free-port";
import type { SocketConduct } from "./hostile-streams";

export interface HostileSocketServer {
  readonly url: string;
  /** Sockets that are open. */
  countOpen(): number;
  /** How each socket is treated from now on; undefined: honestly, with one result. */
  behave(conduct: SocketConduct | undefined): void;
  close(): Promise<void>;
}

/** Speaks graphql-transport-ws as far as the test lets it. @param honest the result of the one subscription, as JSON */
export async function startHostileSocketServer(honest: string): Promise<HostileSocketServer> {
  const server = createServer();
  const sockets = new WebSocketServer({ server, perMessageDeflate: true });
  let conduct: SocketConduct | undefined;
  sockets.on("connection", (socket) => {
    const { onInit, onSubscribe } = conduct ?? {};
    const say = (message: object | string) =>
      socket.send(typeof message === "string" ? message : JSON.stringify(message));
    socket.on("error", () => {});
    socket.on("message", (data) => {
      const { type, id } = JSON.parse(String(data));
      if (type === "connection_init") {
        (onInit ?? (() => say({ type: "connection_ack" })))({ socket, honest, say });
      } else if (type === "subscribe") {
        const complete = () => {
          say({ id, type: "next", payload: JSON.parse(honest) });
          say({ id, type: "complete" });
        };
        (onSubscribe ?? complete)({ socket, honest, say });
      }
    });
  });
  const port = await findFreePort();
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
  return {
    url: `ws://127.0.0.1:${port}/graphql`,
    countOpen: () => sockets.clients.size,
    behave(next) {
      conduct = next;
    },
    async close() {
      for (const socket of sockets.clients) {
        socket.terminate();
      }
      sockets.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
