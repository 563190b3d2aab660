/** The composition library as it is, in a thread that is ended when it takes too long. */
import { createRequire } from "node:module";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";

/** @returns milliseconds from the start of the thread, or null when the time limit is over */
export async function measureLibrary(subgraphs, timeLimitMs) {
  const startedAt = performance.now();
  const worker = new Worker(new URL(import.meta.url), { workerData: { subgraphs } });
  let timer;
  try {
    return await new Promise((resolve, reject) => {
      timer = setTimeout(() => resolve(null), timeLimitMs);
      worker.once("error", reject);
      worker.once("message", ({ errors }) =>
        errors.length === 0
          ? resolve(Math.round(performance.now() - startedAt))
          : reject(new Error(`The library refuses the federation: ${errors.join("\n")}`)),
      );
    });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}

if (!isMainThread) {
  // The packages of the gateway, not of this folder.
  const require = createRequire(new URL("../../gateway/package.json", import.meta.url));
  const { composeServices } = require("@theguild/federation-composition");
  const { parse } = require("graphql");
  const services = workerData.subgraphs.map(({ name, url, sdl }) => ({ name, url, typeDefs: parse(sdl) }));
  const { errors = [] } = composeServices(services);
  parentPort.postMessage({ errors: errors.map(({ message }) => message) });
}
