import { request as sendRequest } from "node:http";

/** One request, read whole. @returns `{ status, text, bytes }` */
export function postGraphql(port, body, timeoutMs = 30_000) {
  return new Promise((resolve, reject) => {
    const request = sendRequest(
      {
        port,
        host: "127.0.0.1",
        path: "/graphql",
        method: "POST",
        agent: false,
        timeout: timeoutMs,
        headers: {
          "content-type": "application/json",
          accept: "application/json",
          "content-length": Buffer.byteLength(body),
          "x-request-id": "bench-single",
        },
      },
      (response) => {
        const pieces = [];
        response.on("data", (piece) => pieces.push(piece));
        response.on("error", reject);
        response.on("end", () => {
          const bytes = Buffer.concat(pieces);
          resolve({ status: response.statusCode, text: bytes.toString(), bytes: bytes.length });
        });
      },
    );
    request.on("timeout", () => request.destroy(new Error(`No answer within ${timeoutMs} ms.`)));
    request.on("error", reject);
    request.end(body);
  });
}
