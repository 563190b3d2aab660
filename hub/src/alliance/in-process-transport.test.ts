import { getEventListeners } from "node:events";
import type { Subgraph } from "@alliance-hub/shared/server/subgraph";
import { buildSchema } from "graphql";
import { pino } from "pino";
import { createInProcessTransport } from "./in-process-transport";

function openTransport(answer: () => unknown) {
  const schema = buildSchema("type Query { a: Int }");
  Object.assign(schema.getQueryType()?.getFields()["a"] ?? {}, { resolve: answer });
  const log = pino({ level: "silent" });
  return createInProcessTransport({
    name: "needs",
    schema,
    log,
    createContext: () => ({ log }),
  } as unknown as Subgraph);
}

const ask = (transport: ReturnType<typeof openTransport>, signal: AbortSignal, query = "{ a }") =>
  transport.execute({ query, variables: {}, requestId: "1", deadlineAtMs: Number.POSITIVE_INFINITY, signal });

const timeout = () => new DOMException("the deadline has passed", "TimeoutError");

describe("createInProcessTransport()", () => {
  it("answers as a subgraph over HTTP does, errors too", async () => {
    const transport = openTransport(() => 1);
    const { signal } = new AbortController();
    expect(await ask(transport, signal)).toEqual({ data: { a: 1 } });
    expect(await ask(transport, signal, "{ b }")).toMatchObject({
      errors: [{ extensions: { code: "BAD_USER_INPUT" } }],
    });
  });

  it("leaves nothing on the request's signal, however many fetches one request makes", async () => {
    const transport = openTransport(() => 1);
    const { signal } = new AbortController();
    await Promise.all(Array.from({ length: 5 }, () => ask(transport, signal)));
    await new Promise(setImmediate);
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
  });

  it("stops waiting when the request is over", async () => {
    const controller = new AbortController();
    const asked = ask(
      openTransport(() => new Promise(() => undefined)),
      controller.signal,
    );
    controller.abort(timeout());
    await expect(asked).rejects.toMatchObject({ name: "SubgraphUnreachable", reason: "timed_out" });
  });

  it("does not begin what nobody waits for", async () => {
    const answer = jest.fn(() => 1);
    const controller = new AbortController();
    controller.abort(new DOMException("the client has gone", "AbortError"));
    await expect(ask(openTransport(answer), controller.signal)).rejects.toMatchObject({ reason: "aborted" });
    expect(answer).not.toHaveBeenCalled();
  });
});
