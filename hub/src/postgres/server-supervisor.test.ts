import type { Postmaster } from "./postmaster";
import { superviseServer } from "./server-supervisor";

/** A postmaster that ends when the test says so. */
function makePostmaster(): Postmaster & { end(how: string): void; stops: number } {
  let end: (how: string) => void = () => undefined;
  const ended = new Promise<string>((resolve) => {
    end = resolve;
  });
  const postmaster = {
    pid: 1,
    ended,
    stops: 0,
    end: (how: string) => end(how),
    async stop() {
      postmaster.stops += 1;
      end("exit code 0");
    },
  };
  return postmaster;
}

describe("superviseServer()", () => {
  it("gives up when every restart fails, and says why", async () => {
    const first = makePostmaster();
    const lines: string[] = [];
    let launches = 0;
    const { exited } = superviseServer(
      first,
      async () => {
        launches += 1;
        throw new Error("The disk is full.");
      },
      (line) => lines.push(line),
      [1, 1, 1],
    );
    first.end("SIGKILL");
    expect(await exited).toMatchObject({ reason: "failed", error: { message: "The disk is full." } });
    expect(launches).toBe(3);
    expect(lines.at(-1)).toBe("The disk is full. It is given up after 3 restarts.");
  });

  it("starts again after a crash, and stops the newest server", async () => {
    const [first, second] = [makePostmaster(), makePostmaster()];
    const launched = [second];
    let reportLaunch: () => void = () => undefined;
    const isLaunched = new Promise<void>((resolve) => {
      reportLaunch = resolve;
    });
    const supervised = superviseServer(
      first,
      async () => {
        reportLaunch();
        return launched.shift() ?? Promise.reject(new Error("One restart only."));
      },
      () => undefined,
      [1],
    );
    first.end("SIGSEGV");
    await isLaunched;
    await supervised.stop();
    expect(await supervised.exited).toEqual({ reason: "stopped" });
    expect([first.stops, second.stops]).toEqual([0, 1]);
  });

  it("shuts down a server whose restart was under way when stop() came", async () => {
    const [first, late] = [makePostmaster(), makePostmaster()];
    let finishLaunch: (postmaster: Postmaster) => void = () => undefined;
    let reportLaunch: () => void = () => undefined;
    const isLaunching = new Promise<void>((resolve) => {
      reportLaunch = resolve;
    });
    const supervised = superviseServer(
      first,
      () => {
        reportLaunch();
        return new Promise<Postmaster>((resolve) => {
          finishLaunch = resolve;
        });
      },
      () => undefined,
      [1],
    );
    first.end("SIGKILL");
    await isLaunching;
    const stopped = supervised.stop();
    finishLaunch(late);
    await stopped;
    expect(late.stops).toBe(1);
  });
});
