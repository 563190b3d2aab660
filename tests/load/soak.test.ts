import { type ChildProcess, fork } from "node:child_process";
import { Agent, request as sendRequest } from "node:http";
import { join } from "node:path";
import { buildSchema, type GraphQLSchema } from "graphql";
import { generateRequest, type RandomRequest } from "./random-request";
import type { SoakReport } from "./soak-gateway";

const REQUESTS = Number(process.env["SOAK_REQUESTS"] ?? 20_000);
const FIRST_SEED = Number(process.env["SOAK_SEED"] ?? Math.floor(Math.random() * 1_000_000_000));
const CONCURRENCY = 32;
const MEBIBYTE = 1024 * 1024;

/** A request in 100 bytes more than the limit may be cut off while it is still being sent. */
const CUT_OFF = new Set(["ECONNRESET", "EPIPE"]);

interface Answer {
  readonly status: number;
  readonly body: string;
}

describe("a gateway under random and mutated requests", () => {
  let child: ChildProcess;
  let port: number;
  let schema: GraphQLSchema;
  const faults: string[] = [];
  const agent = new Agent({ keepAlive: true, maxSockets: CONCURRENCY });

  beforeAll(async () => {
    child = fork(join(__dirname, "soak-gateway.ts"), {
      execArgv: ["--expose-gc", "--require", join(__dirname, "../kit/load-typescript.cjs")],
    });
    child.on("exit", (code, signal) => faults.push(`the gateway has ended: ${code ?? signal}`));
    child.on("message", (report: SoakReport) => {
      if (report.kind === "fault") {
        faults.push(report.line);
      }
    });
    const listening = await nextReport("listening");
    port = listening.port;
    schema = buildSchema(listening.schema);
  });

  afterAll(async () => {
    agent.destroy();
    child.removeAllListeners("exit");
    if (child.exitCode === null && child.signalCode === null) {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGKILL");
      await ended;
    }
  });

  function nextReport<Kind extends SoakReport["kind"]>(kind: Kind): Promise<Extract<SoakReport, { kind: Kind }>> {
    return new Promise((resolve, reject) => {
      child.once("exit", () => reject(new Error("the gateway has ended")));
      child.on("message", function onMessage(report: SoakReport) {
        if (report.kind === kind) {
          child.off("message", onMessage);
          resolve(report as Extract<SoakReport, { kind: Kind }>);
        }
      });
    });
  }

  async function measureHeap(): Promise<number> {
    const report = nextReport("heap");
    child.send("measure");
    return (await report).bytes;
  }

  function send({ method, path, headers, body }: RandomRequest): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const options = {
        host: "127.0.0.1",
        port,
        method,
        path,
        agent,
        headers: { ...headers, ...(body !== undefined && { "content-length": body.length }) },
      };
      const outgoing = sendRequest(options, (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
        incoming.on("error", reject);
        incoming.on("end", () => resolve({ status: incoming.statusCode ?? 0, body: Buffer.concat(chunks).toString() }));
      });
      outgoing.on("error", reject);
      outgoing.end(body);
    });
  }

  /** What is wrong with an answer, or undefined. */
  function findFault({ path }: RandomRequest, { status, body }: Answer): string | undefined {
    if (status >= 500 || status < 200) {
      return `status ${status}`;
    }
    if (!path.startsWith("/graphql")) {
      return undefined;
    }
    let parsed: {
      readonly data?: unknown;
      readonly errors?: readonly { readonly extensions?: { readonly code?: unknown } }[];
    };
    try {
      parsed = JSON.parse(body);
    } catch {
      return "the body is not JSON";
    }
    if (parsed.data === undefined && parsed.errors === undefined) {
      return "neither data nor errors";
    }
    return (parsed.errors ?? []).every(({ extensions }) => typeof extensions?.code === "string")
      ? undefined
      : "an error without a code";
  }

  async function run(seed: number): Promise<void> {
    const request = generateRequest(schema, seed);
    const describeRequest = () =>
      `seed ${seed} (${request.kind}): ${(request.body?.toString() ?? request.path).slice(0, 600)}`;
    try {
      const answer = await send(request);
      const fault = findFault(request, answer);
      if (fault !== undefined) {
        faults.push(`${fault}, ${describeRequest()} -> ${answer.body.slice(0, 600)}`);
      }
    } catch (error) {
      const { code = "" } = error as NodeJS.ErrnoException;
      // A body over the limit is answered while it is still being sent, and the connection is closed.
      if (!CUT_OFF.has(code) || (request.body?.length ?? 0) <= 256 * 1024) {
        faults.push(`${error}, ${describeRequest()}`);
      }
    }
  }

  /** @throws with the seeds of what went wrong */
  async function runMany(from: number, to: number): Promise<void> {
    let next = from;
    const work = async () => {
      while (next < to && faults.length < 10) {
        next += 1;
        await run(FIRST_SEED + next - 1);
      }
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, work));
    expect({ faults, firstSeed: FIRST_SEED }).toEqual({ faults: [], firstSeed: FIRST_SEED });
  }

  it(
    `answers ${REQUESTS} of them, from seed ${FIRST_SEED}, with its memory flat`,
    async () => {
      const quarter = Math.floor(REQUESTS / 4);
      await runMany(0, quarter);
      const early = await measureHeap();
      await runMany(quarter, REQUESTS);
      const late = await measureHeap();
      expect(late).toBeLessThan(early * 1.25 + 16 * MEBIBYTE);
      const alive = await send({
        kind: "valid",
        method: "GET",
        path: "/graphql?query=%7Bme%7Bname%7D%7D",
        headers: { "x-hub-request": "1" },
        body: undefined,
      });
      expect(JSON.parse(alive.body)).toEqual({ data: { me: { name: "Ann" } } });
    },
    60_000 + REQUESTS * 20,
  );
});
