import { createServer } from "node:net";

const HOST = "127.0.0.1";
/** Below the ports from which systems take the near end of outgoing connections. */
const FIRST_PORT = 20_000;
const LAST_PORT = 32_000;
const ATTEMPTS = 50;

/** Lets a `net` or `http` server listen on a free port of this machine alone. @returns the port */
export async function listenOnFreePort(server) {
  for (let attempt = 1; ; attempt += 1) {
    const port = FIRST_PORT + Math.floor(Math.random() * (LAST_PORT - FIRST_PORT));
    try {
      await listen(server, port);
      return port;
    } catch (error) {
      if (error.code !== "EADDRINUSE" || attempt === ATTEMPTS) {
        throw error;
      }
    }
  }
}

/** A port that was free a moment ago, for a program that takes its port as an argument. */
export async function findFreePort() {
  const server = createServer();
  const port = await listenOnFreePort(server);
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return port;
}

function listen(server, port) {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, HOST, () => {
      server.off("error", reject);
      resolve();
    });
  });
}
