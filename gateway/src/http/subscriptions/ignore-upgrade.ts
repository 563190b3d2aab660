import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";

const HOP_HEADERS: ReadonlySet<string> = new Set(["upgrade", "connection", "http2-settings"]);

/**
 * Answers a request as if it had not asked for another protocol (RFC 9110, section 7.8, allows that), such as the `h2c` that
 * Java's HTTP client asks for with every first request. Where somebody listens for upgrades, Node no longer does this by
 * itself: it hands over the bare socket. So the request is read once more, without those headers.
 * @param head what came behind the request's headers already
 */
export function ignoreUpgrade(server: Server, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  const { rawHeaders, method, url, httpVersion } = request;
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? "";
    if (!HOP_HEADERS.has(name.toLowerCase())) {
      lines.push(`${name}: ${rawHeaders[index + 1]}`);
    }
  }
  // Node reads headers as latin1.
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1"), head]));
  server.emit("connection", socket);
}
