import { connect as connectPlain, type Socket } from "node:net";
import { connect as connectSecurely } from "node:tls";
import { type ConnectionOwner, InstanceConnection, type WireExchange } from "./instance-connection";
import { WireFault } from "./wire-fault";
import type { WireTimeouts } from "./wire-timeouts";

export interface ConnectionPoolOptions {
  /** Its scheme, host and port are used. */
  readonly url: URL;
  readonly maxConnections: number;
  readonly timeouts: WireTimeouts;
  /** Certificates that are trusted in place of the system's, as PEM. */
  readonly trustedCertificates?: string;
}

/** How often is looked whose time is over, at most; more often where a timeout is short. */
const CHECK_MS = 250;

/** Connections to one instance, kept and used again, one request at a time on each. */
export class ConnectionPool implements ConnectionOwner {
  readonly timeouts: WireTimeouts;
  readonly #options: ConnectionPoolOptions;
  readonly #connections = new Set<InstanceConnection>();
  /** The one that was used last is at the end, and used first: so those that are not needed become old and are closed. */
  readonly #idle: InstanceConnection[] = [];
  readonly #waiting = new Set<WireExchange>();
  readonly #checkMs: number;
  /** One timer for all, while there are connections: one for each request costs more. */
  #timer: NodeJS.Timeout | undefined;
  /** Of TLS: the next handshake is shorter with it. */
  #session: Buffer | undefined;
  #isClosed = false;

  constructor(options: ConnectionPoolOptions) {
    this.#options = options;
    this.timeouts = options.timeouts;
    this.#checkMs = Math.min(CHECK_MS, Math.ceil(Math.min(...Object.values(options.timeouts)) / 4));
  }

  /** Sends a request as soon as a connection is free. */
  run(exchange: WireExchange): void {
    if (this.#isClosed) {
      exchange.onFailure(new WireFault("refused", "the connections are closed"));
      return;
    }
    const connection = this.#takeIdle() ?? this.#open();
    if (connection === undefined) {
      this.#waiting.add(exchange);
    } else {
      connection.start(exchange, performance.now());
    }
  }

  /** Does not send a request that was not sent yet. Nothing is called. */
  forget(exchange: WireExchange): void {
    this.#waiting.delete(exchange);
  }

  /** Cuts everything off; requests under way fail. */
  close(): void {
    this.#isClosed = true;
    const fault = new WireFault("refused", "the connections are closed");
    for (const exchange of this.#waiting) {
      exchange.onFailure(fault);
    }
    this.#waiting.clear();
    for (const connection of this.#connections) {
      connection.fail(fault);
    }
  }

  onFree(connection: InstanceConnection): void {
    const exchange = this.#takeWaiting();
    if (exchange === undefined) {
      this.#idle.push(connection);
    } else {
      connection.start(exchange, performance.now());
    }
  }

  onClose(connection: InstanceConnection): void {
    this.#connections.delete(connection);
    const idleAt = this.#idle.indexOf(connection);
    if (idleAt !== -1) {
      this.#idle.splice(idleAt, 1);
    }
    const exchange = this.#takeWaiting();
    if (exchange !== undefined) {
      this.run(exchange);
    }
    if (this.#connections.size === 0) {
      clearInterval(this.#timer);
      this.#timer = undefined;
    }
  }

  #takeWaiting(): WireExchange | undefined {
    for (const exchange of this.#waiting) {
      this.#waiting.delete(exchange);
      return exchange;
    }
    return undefined;
  }

  #takeIdle(): InstanceConnection | undefined {
    for (let connection = this.#idle.pop(); connection !== undefined; connection = this.#idle.pop()) {
      if (!connection.isClosed) {
        return connection;
      }
    }
    return undefined;
  }

  /** Undefined when there are as many as there may be. */
  #open(): InstanceConnection | undefined {
    if (this.#connections.size >= this.#options.maxConnections) {
      return undefined;
    }
    const { url } = this.#options;
    const connection =
      url.protocol === "https:"
        ? new InstanceConnection(this.#connectSecurely(), "secureConnect", this)
        : new InstanceConnection(connectPlain(addressOf(url, 80)), "connect", this);
    this.#connections.add(connection);
    this.#timer ??= setInterval(() => this.#checkTimes(), this.#checkMs).unref();
    return connection;
  }

  #connectSecurely(): Socket {
    const { url, trustedCertificates } = this.#options;
    const { host, port } = addressOf(url, 443);
    const socket = connectSecurely({
      host,
      port,
      // Not for an address in numbers (RFC 6066, section 3).
      ...(/[a-z]/i.test(host) && !host.includes(":") && { servername: host }),
      ALPNProtocols: ["http/1.1"],
      session: this.#session,
      ...(trustedCertificates !== undefined && { ca: trustedCertificates }),
    });
    socket.on("session", (session) => {
      this.#session = session;
    });
    return socket;
  }

  #checkTimes(): void {
    const nowMs = performance.now();
    for (const connection of this.#connections) {
      connection.checkTime(nowMs);
    }
  }
}

/** An IPv6 address stands in brackets in a URL, and nowhere else. */
function addressOf({ hostname, port }: URL, defaultPort: number): { readonly host: string; readonly port: number } {
  return { host: hostname.replace(/^\[|\]$/g, ""), port: port === "" ? defaultPort : Number(port) };
}
