import type { SubgraphResponse, SubgraphTransport } from "../egress/subgraph-transport";
import { changeRequest } from "./change-request";
import { describeLeaving } from "./describe-leaving";
import type { Flights } from "./flights";
import { passOn } from "./pass-on";
import { printQuestion } from "./print-question";

/**
 * Sends what several ask of one instance at the same time once, in the name of the first. All of them get the same object:
 * whoever reads answers must not change them. One that the first could read as text is handed to all as text, and each
 * reads it once more.
 * @param name the subgraph's, for logs
 */
export function shareFetches(
  transport: SubgraphTransport,
  name: string,
  flights: Flights<SubgraphResponse>,
): SubgraphTransport {
  return {
    ...passOn(transport),
    execute(request) {
      const { authorizationClass, signal, deadlineAtMs } = request;
      const question = printQuestion(request);
      return question === undefined || authorizationClass === undefined
        ? transport.execute(request)
        : flights.fly(
            question,
            { authorizationClass, signal, deadlineAtMs },
            (end) => transport.execute(changeRequest(request, { signal: end, readText: request.readText })),
            () => Promise.reject(describeLeaving(request, name)),
          );
    },
  };
}
