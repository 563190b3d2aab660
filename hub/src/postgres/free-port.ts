import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/** Below the ports that systems hand out for outgoing connections: from 32768 on, a client's socket may sit on the port. */
const LOWEST_PORT = 20_000;
const HIGHEST_PORT = 32_000;

/** A port of 127.0.0.1 that nobody listens on in this moment; another process may still be faster. */
export async function findFreePort(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const port = randomInt(LOWEST_PORT, HIGHEST_PORT);
    if (await isFree(port)) {
      return port;
    }
  }
  throw new Error(`No free port found between ${LOWEST_PORT} and ${HIGHEST_PORT}.`);
}

async function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen({ port, host: "127.0.0.1", exclusive: true }, () => probe.close(() => resolve(true)));
  });
}
