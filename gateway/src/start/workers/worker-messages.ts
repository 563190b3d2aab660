import { z } from "zod";

const GRAPH = z.strictObject({
  supergraphSdl: z.string().max(64 * 1024 * 1024),
  subgraphs: z
    .array(z.strictObject({ name: z.string(), url: z.string() }))
    .max(10_000)
    .readonly(),
});

/** What the primary process tells a worker. The first is `start`. */
export const TO_WORKER = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("start"), worker: z.int(), port: z.int().min(0).max(65_535), graph: GRAPH }),
  z.strictObject({ kind: z.literal("serve"), graph: GRAPH }),
  z.strictObject({ kind: z.literal("stop") }),
]);

/** What a worker tells: that it listens to what it is told, whether it has started, and then what came of each `serve`. */
export const FROM_WORKER = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("up") }),
  z.strictObject({ kind: z.literal("ready"), port: z.int().min(1).max(65_535) }),
  z.strictObject({ kind: z.literal("served") }),
  z.strictObject({
    kind: z.literal("failed"),
    message: z.string().max(100_000),
    /** Whether the graph is what is wrong. */
    isUnservable: z.boolean(),
  }),
]);

export type ToWorker = z.infer<typeof TO_WORKER>;
export type FromWorker = z.infer<typeof FROM_WORKER>;
