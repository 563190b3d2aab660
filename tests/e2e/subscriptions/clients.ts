import { until } from "@alliance-hub/tests/kit/until";
import { createClient as createSseClient } from "graphql-sse";
import { createClient as createSocketClient, type Client as SocketClient } from "graphql-ws";
import { WebSocket } from "ws";

export type Protocol = "sse" | "graphql-ws";

interface Result {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: Readonly<Record<string, unknown>>;
  }[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** One operation of a client, with everything that it was told. */
class Subscriber {
  readonly results: Result[] = [];
  end: "completed" | { readonly error: unknown } | undefined;
  leave: () => void = () => undefined;

  readonly sink = {
    next: (result: unknown) => {
      this.results.push(result as Result);
    },
    error: (error: unknown) => {
      this.end = { error };
    },
    complete: () => {
      this.end = "completed";
    },
  };

  async untilResults(count: number): Promise<Result[]> {
    await until(`there are ${count} results`, () => this.results.length >= count || this.end !== undefined);
    return this.results;
  }

  async untilEnd(): Promise<Subscriber["end"]> {
    await until("the subscription ends", () => this.end !== undefined);
    return this.end;
  }
}

export interface StreamClient {
  subscribe(query: string, variables?: Record<string, unknown>): Subscriber;
  close(): void;
}

/** The clients that the protocols come from. */
export function createStreamClient(
  protocol: Protocol,
  { url, webSocketUrl }: { readonly url: string; readonly webSocketUrl: string },
): StreamClient {
  if (protocol === "sse") {
    const client = createSseClient({ url, retryAttempts: 0 });
    return {
      subscribe(query, variables) {
        const subscriber = new Subscriber();
        subscriber.leave = client.subscribe({ query, variables }, subscriber.sink);
        return subscriber;
      },
      close: () => client.dispose(),
    };
  }
  const client = createSocketTestClient(webSocketUrl);
  return {
    subscribe(query, variables) {
      const subscriber = new Subscriber();
      subscriber.leave = client.subscribe({ query, variables }, subscriber.sink);
      return subscriber;
    },
    close: () => void client.dispose(),
  };
}

function createSocketTestClient(url: string, headers: Record<string, string> = {}): SocketClient {
  class SocketWithHeaders extends WebSocket {
    constructor(address: string, protocols: string | string[]) {
      super(address, protocols, { headers });
    }
  }
  return createSocketClient({ url, webSocketImpl: SocketWithHeaders, retryAttempts: 0, lazy: true });
}
