import type { Server } from "node:http";
import type { Socket } from "node:net";

/** How often connections are looked for whose answer ended meanwhile. */
const SWEEP_MS = 50;

/** Lets go of connections while servers close: Node waits for each of them, however long its client keeps it open. */
export class ConnectionDrain {
  readonly #servers = new Set<Server>();
  readonly #sockets = new Set<Socket>();
  #isDraining = false;
  #sweep: NodeJS.Timeout | undefined;

  /** To be called before the server listens. */
  cover(server: Server): void {
    this.#servers.add(server);
    server.on("connection", (socket) => {
      this.#sockets.add(socket);
      socket.once("close", () => this.#sockets.delete(socket));
    });
  }

  /** Whether every answer has to say `connection: close`. */
  get isDraining(): boolean {
    return this.#isDraining;
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
    // An answer that was under way when the drain began did not say `connection: close`.
    this.#sweep ??= setInterval(() => this.#closeIdle(), SWEEP_MS);
  }

  /** Cuts off what is left, if anything is. */
  end(): void {
    clearInterval(this.#sweep);
    for (const server of this.#servers) {
      server.closeAllConnections();
    }
  }

  #closeIdle(): void {
    for (const server of this.#servers) {
      server.closeIdleConnections();
    }
  }
}
