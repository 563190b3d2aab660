import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { HttpRefusal } from "../http-refusal";

/** Answers a request for another protocol with a refusal: Node hands over the bare socket. */
export function refuseUpgrade(socket: Duplex, { status, error }: HttpRefusal): void {
  const body = JSON.stringify({ errors: [{ message: error.message, extensions: error.extensions }] });
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? "Refused"}\r\ncontent-type: application/json; charset=utf-8\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}
