import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/**
 * Which processor each part runs on: the gateway has one to itself; subgraphs and load share the next one, or have one each
 * where there are three. All undefined where processes cannot be pinned (no `taskset`, or one processor).
 */
export function assignProcessors() {
  const allowed = listAllowedProcessors();
  if (allowed.length < 2 || spawnSync("taskset", ["--version"]).status !== 0) {
    return { isPinned: false };
  }
  const [gateway, subgraphs, load = subgraphs] = allowed;
  return { isPinned: true, gateway, subgraphs, load };
}

/** The command in front of which a program is started so that it stays on its processor. */
export function pinCommand(processor, command) {
  return processor === undefined ? command : ["taskset", "-c", String(processor), ...command];
}

/** Moves this process, with all its threads. */
export function pinSelf(processor) {
  if (processor !== undefined) {
    spawnSync("taskset", ["-a", "-p", "-c", String(processor), String(process.pid)]);
  }
}

/** Linux says which ones this process may use: `0-1,4`. */
function listAllowedProcessors() {
  try {
    const [, list] = /^Cpus_allowed_list:\s*(\S+)$/m.exec(readFileSync("/proc/self/status", "utf8"));
    return list.split(",").flatMap((range) => {
      const [first, last = first] = range.split("-").map(Number);
      return Array.from({ length: last - first + 1 }, (_, index) => first + index);
    });
  } catch {
    return [];
  }
}
