import type { AnswerMemory } from "../answer-bytes";
import type { SubgraphStreamRequest } from "../subgraph-stream";
import type { StreamLimits } from "./stream-limits";

/** How one stream is opened, whatever its protocol. */
export interface StreamOptions {
  /** The subgraph's, for logs. */
  readonly name: string;
  readonly url: URL;
  readonly request: SubgraphStreamRequest;
  readonly limits: StreamLimits;
  readonly memory: AnswerMemory;
  /** Called once, when the stream is over. */
  readonly onEnd: () => void;
}
