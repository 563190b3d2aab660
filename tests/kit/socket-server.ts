import type { HttpServerOptions } from "@alliance-hub/gateway/http/http-server";
import { type RunningHttpServer, startHttpServer } from "./gateway-http-server";
import { SocketProbe } from "./socket-probe";

/** A server for each test, and sockets to it. */
export interface SocketServer {
  /** Undefined before start(). */
  readonly running: RunningHttpServer | undefined;
  start(options?: Partial<HttpServerOptions>): Promise<RunningHttpServer>;
  /** Opens a socket. */
  probe(path?: string, protocols?: string[], headers?: Record<string, string>): SocketProbe;
  /** Ends one that was opened otherwise together with the others. */
  keep(probe: SocketProbe): void;
}

/** To be called once, outside of the tests of a file: what a test opened is ended after it. */
export function provideSocketServer(): SocketServer {
  let running: RunningHttpServer | undefined;
  let probes: SocketProbe[] = [];

  afterEach(async () => {
    for (const { socket } of probes) {
      socket.terminate();
    }
    probes = [];
    await running?.server.close();
    running = undefined;
  });

  return {
    get running() {
      return running;
    },
    async start(options = {}) {
      running = await startHttpServer({ limits: { shutdownTimeoutMs: 50 }, ...options });
      return running;
    },
    probe(path = "/graphql", protocols, headers = {}) {
      const opened = new SocketProbe(`${running?.url.replace("http", "ws")}${path}`, protocols, { headers });
      probes.push(opened);
      return opened;
    },
    keep(probe) {
      probes.push(probe);
    },
  };
}
