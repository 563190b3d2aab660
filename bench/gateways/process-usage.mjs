import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/** `utime` and `stime` are in ticks of this many a second (proc(5)); 100 on every common Linux. */
const TICKS_PER_SECOND = Number(spawnSync("getconf", ["CLK_TCK"], { encoding: "utf8" }).stdout) || 100;

/**
 * What a process and its children have used so far: `{ cpuSeconds, residentBytes }`; undefined where there is no `/proc`.
 * The resolution is one tick, so a round has to last for seconds.
 */
export function readUsage(pid) {
  try {
    const own = readOwnUsage(pid);
    for (const child of listChildren(pid)) {
      const { cpuSeconds = 0, residentBytes = 0 } = readUsage(child) ?? {};
      own.cpuSeconds += cpuSeconds;
      own.residentBytes += residentBytes;
    }
    return own;
  } catch {
    return undefined;
  }
}

function readOwnUsage(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The program's name, in brackets, may hold blanks: count from behind it. Fields 14 and 15 are utime and stime.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [, residentKilobytes = 0] = /^VmRSS:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return {
    cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND,
    residentBytes: Number(residentKilobytes) * 1024,
  };
}

function listChildren(pid) {
  return readdirSync(`/proc/${pid}/task`).flatMap((thread) => {
    const list = readFileSync(`/proc/${pid}/task/${thread}/children`, "utf8").trim();
    return list === "" ? [] : list.split(" ").map(Number);
  });
}
