import type { IncomingMessage } from "node:http";
import { HttpRefusal } from "./http-refusal";

/**
 * Receives a request's body; empty when there is none. Too slow a sender is cut off by the server (http-server.ts).
 * @throws HttpRefusal 413 as soon as it is known to have more than `maxBytes`; 400 when the client leaves half-way
 */
export function receiveBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    if (Number(request.headers["content-length"]) > maxBytes) {
      reject(tooLarge(maxBytes));
      return;
    }
    const pieces: Buffer[] = [];
    let size = 0;
    function receive(piece: Buffer): void {
      size += piece.length;
      if (size > maxBytes) {
        request.off("data", receive);
        reject(tooLarge(maxBytes));
      } else {
        pieces.push(piece);
      }
    }
    request.on("data", receive);
    request.on("end", () => {
      const [first] = pieces;
      resolve(first !== undefined && pieces.length === 1 ? first : Buffer.concat(pieces));
    });
    request.on("error", () => reject(new HttpRefusal(400, "BAD_USER_INPUT", "The request broke off.")));
  });
}

/** The connection is closed, or the rest of the body would have to be read before the next request. */
function tooLarge(maxBytes: number): HttpRefusal {
  return new HttpRefusal(
    413,
    "LIMIT_EXCEEDED",
    `The request body has more than ${maxBytes} bytes.`,
    { limit: "bodyBytes" },
    { connection: "close" },
  );
}
