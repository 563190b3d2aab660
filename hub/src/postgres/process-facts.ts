import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { errorCodeOf } from "./error-code";

/** What can be said about a process from outside. */
export interface ProcessFacts {
  /** Ended, but its parent has not noticed: it still has a pid and still receives signals. */
  readonly isZombie: boolean;
  /** The program's name; empty where the system does not tell. */
  readonly name: string;
  /** When it started, in a form of the system's own. With the pid it names a process uniquely; empty where unknown. */
  readonly startedAt: string;
}

const execute = promisify(execFile);

/** Undefined when there is no such process. */
export async function readProcessFacts(pid: number): Promise<ProcessFacts | undefined> {
  if (!hasPid(pid)) {
    return undefined;
  }
  switch (process.platform) {
    case "linux":
      return readFromProc(pid);
    case "win32":
      return { isZombie: false, name: "", startedAt: "" };
    default:
      return readFromPs(pid);
  }
}

function hasPid(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCodeOf(error) === "EPERM";
  }
}

/** proc_pid_stat(5): pid (name) state ... with the start time as field 22, in ticks since boot. */
async function readFromProc(pid: number): Promise<ProcessFacts | undefined> {
  try {
    const [stat, bootId] = await Promise.all([
      readFile(`/proc/${pid}/stat`, "latin1"),
      readFile("/proc/sys/kernel/random/boot_id", "latin1").catch(() => ""),
    ]);
    // The name may contain spaces and brackets, so everything is counted from the last bracket.
    const nameEnd = stat.lastIndexOf(")");
    const fields = stat.slice(nameEnd + 2).split(" ");
    return {
      isZombie: fields[0] === "Z" || fields[0] === "X",
      name: stat.slice(stat.indexOf("(") + 1, nameEnd),
      startedAt: `${bootId.trim()}/${fields[19] ?? ""}`,
    };
  } catch {
    return undefined;
  }
}

async function readFromPs(pid: number): Promise<ProcessFacts | undefined> {
  try {
    const [state, started, name] = await Promise.all(
      ["stat=", "lstart=", "comm="].map(async (column) => {
        const { stdout } = await execute("ps", ["-o", column, "-p", String(pid)], {
          env: { LC_ALL: "C", PATH: "/bin:/usr/bin" },
        });
        return stdout.trim();
      }),
    );
    return { isZombie: state?.startsWith("Z") ?? false, name: name ?? "", startedAt: started ?? "" };
  } catch {
    return undefined;
  }
}
