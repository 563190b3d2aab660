import type { Server } from "node:http";
import type { Socket } from "node:net";
import type { FastifyInstance } from "fastify";

/** Lets go of connections while the server closes: Node waits for each of them, however long its client keeps it open. */
export class ConnectionDrain {
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;
  #isDraining = false;

  constructor(app: FastifyInstance) {
    this.#server = app.server;
    this.#server.on("connection", (socket) => {
      this.#sockets.add(socket);
      socket.once("close", () => this.#sockets.delete(socket));
    });
    app.addHook("onSend", (_request, reply, _payload, done) => {
      if (this.#isDraining) {
        reply.header("connection", "close");
      }
      done();
    });
    app.addHook("onResponse", (_request, _reply, done) => {
      if (this.#isDraining) {
        // An answer that was under way when the drain began did not say `connection: close`.
        setImmediate(() => this.#server.closeIdleConnections());
      }
      done();
    });
  }

  /** From now on every connection ends with the answer that it waits for. */
  begin(): void {
    this.#isDraining = true;
    for (const socket of this.#sockets) {
      // Opened in advance by a client or a proxy. To Node such a connection is not idle: it may be about to send.
      if (socket.bytesRead === 0) {
        socket.destroy();
      }
    }
  }

  /** Cuts off what is left. */
  end(): void {
    this.#server.closeAllConnections();
  }
}
