import { type ChildProcess, fork } from "node:child_process";
import { Agent, request as sendRequest } from "node:http";
import { join } from "node:path";
import { buildSchema, type GraphQLSchema } from "graphql";
import { generateRequest, type RandomRequest } from "./random-request";
import type { SoakMemory, SoakReport } from "./soak-gateway";

const CONCURRENCY = 32;
/** With so many the rest would say nothing new. */
const MAX_FAULTS = 10;

/** A request in 100 bytes more than the limit may be cut off while it is still being sent. */
const CUT_OFF = new Set(["ECONNRESET", "EPIPE"]);

interface Answer {
  readonly status: number;
  readonly body: string;
}

const ALIVE: RandomRequest = {
  kind: "valid",
  method: "GET",
  path: "/graphql?query=%7Bme%7Bname%7D%7D",
  headers: { "x-hub-request": "1" },
  body: undefined,
};

/** A gateway in a process of its own, random and mutated requests at it, and what went wrong. */
export class SoakRun {
  /** What went wrong, with the seed that does it again. */
  readonly faults: string[] = [];
  /** Status -> number of answers; 0 for connections that were cut off, as they may be. */
  readonly statuses = new Map<number, number>();
  readonly #agent = new Agent({ keepAlive: true, maxSockets: CONCURRENCY });
  readonly #child: ChildProcess;
  #port = 0;
  #schema: GraphQLSchema | undefined;

  private constructor(readonly firstSeed: number) {
    this.#child = fork(join(__dirname, "soak-gateway.ts"), {
      // The flag for memory as `npm run gateway` has it.
      execArgv: ["--expose-gc", "--max-semi-space-size=64", "--require", join(__dirname, "../kit/load-typescript.cjs")],
    });
    this.#child.on("exit", (code, signal) => this.faults.push(`the gateway has ended: ${code ?? signal}`));
    this.#child.on("message", (report: SoakReport) => {
      if (report.kind === "fault") {
        this.faults.push(report.line);
      }
    });
  }

  static async start(firstSeed: number): Promise<SoakRun> {
    const run = new SoakRun(firstSeed);
    const { port, schema } = await run.#nextReport("listening");
    run.#port = port;
    run.#schema = buildSchema(schema);
    return run;
  }

  /** Requests number `from` up to `to`; the number added to the first seed is the seed. Stops early after ten faults. */
  async sendMany(from: number, to: number): Promise<void> {
    let next = from;
    const work = async () => {
      while (next < to && this.faults.length < MAX_FAULTS) {
        next += 1;
        await this.#sendOne(this.firstSeed + next - 1);
      }
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, work));
  }

  async measureMemory(): Promise<SoakMemory> {
    const report = this.#nextReport("memory");
    this.#child.send("measure");
    return (await report).memory;
  }

  /** The answer to a small valid query. */
  async askName(): Promise<unknown> {
    return JSON.parse((await this.#send(ALIVE)).body);
  }

  async stop(): Promise<void> {
    this.#agent.destroy();
    this.#child.removeAllListeners("exit");
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const ended = new Promise((resolve) => this.#child.once("exit", resolve));
      this.#child.kill("SIGKILL");
      await ended;
    }
  }

  async #sendOne(seed: number): Promise<void> {
    if (this.#schema === undefined) {
      throw new Error("the gateway has not told its schema");
    }
    const request = generateRequest(this.#schema, seed);
    const describeRequest = () =>
      `seed ${seed} (${request.kind}): ${(request.body?.toString() ?? request.path).slice(0, 600)}`;
    try {
      const answer = await this.#send(request);
      this.#count(answer.status);
      const fault = findFault(request, answer);
      if (fault !== undefined) {
        this.faults.push(`${fault}, ${describeRequest()} -> ${answer.body.slice(0, 600)}`);
      }
    } catch (error) {
      this.#count(0);
      const { code = "" } = error as NodeJS.ErrnoException;
      // A body over the limit is answered while it is still being sent, and the connection is closed.
      if (!CUT_OFF.has(code) || (request.body?.length ?? 0) <= 256 * 1024) {
        this.faults.push(`${error}, ${describeRequest()}`);
      }
    }
  }

  #count(status: number): void {
    this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
  }

  #send({ method, path, headers, body }: RandomRequest): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const options = {
        host: "127.0.0.1",
        port: this.#port,
        method,
        path,
        agent: this.#agent,
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

  #nextReport<Kind extends SoakReport["kind"]>(kind: Kind): Promise<Extract<SoakReport, { kind: Kind }>> {
    return new Promise((resolve, reject) => {
      const onExit = () => reject(new Error("the gateway has ended"));
      const onMessage = (report: SoakReport) => {
        if (report.kind === kind) {
          this.#child.off("message", onMessage);
          this.#child.off("exit", onExit);
          resolve(report as Extract<SoakReport, { kind: Kind }>);
        }
      };
      this.#child.once("exit", onExit);
      this.#child.on("message", onMessage);
    });
  }
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
