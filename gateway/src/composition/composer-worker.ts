/** The thread in which `composer.ts` composes: one request at a time, one answer each. */
import { parentPort } from "node:worker_threads";
import { invariant } from "@alliance-hub/shared/invariant";
import { composeSupergraph } from "./compose-supergraph";
import { CompositionMemory } from "./composition-memory";
import type { CompositionRequest } from "./composition-request";

invariant(parentPort !== null, "the composer's worker was started without a composer");
const port = parentPort;
const memory = new CompositionMemory();
port.on("message", ({ subgraphs, options }: CompositionRequest) => {
  port.postMessage(composeSupergraph(subgraphs, options, memory));
});
