import { realpathSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { PostgresStartError } from "./postgres-start-error";

/** The account that PostgreSQL runs under. Undefined wherever it appears: the account of this process. */
export interface ServerAccount {
  readonly uid: number;
  readonly gid: number;
}

/** How a child process finds a folder: started in `cwd`, it may call the folder `path`. */
export interface ChildFolder {
  readonly cwd: string;
  readonly path: string;
}

/** "nobody" on every system we know; PostgreSQL refuses to run as root. */
const NOBODY: ServerAccount = { uid: 65534, gid: 65534 };

/**
 * Chosen only when this process is root. A cluster that an ordinary user made keeps its owner, so that a single start with
 * sudo does not take the data away from that user.
 */
export function chooseServerAccount(clusterDir: string): ServerAccount | undefined {
  if (process.getuid?.() !== 0) {
    return undefined;
  }
  const owner = statSync(clusterDir, { throwIfNoEntry: false });
  return owner === undefined || owner.uid === 0 ? NOBODY : { uid: owner.uid, gid: owner.gid };
}

/** Whether the account may enter a folder and all folders above it. A folder that does not exist yet counts as its parent. */
export function canEnter(folder: string, account: ServerAccount | undefined): boolean {
  if (account === undefined) {
    return true;
  }
  const parts = [];
  for (let at = nearestExisting(resolve(folder)); ; at = dirname(at)) {
    parts.push(at);
    if (dirname(at) === at) {
      break;
    }
  }
  return parts.every((part) => {
    const { mode, uid, gid } = statSync(part);
    const executeBit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    return (mode & executeBit) !== 0;
  });
}

/**
 * A name of the folder that a child of the account can use, even when a folder above it is closed to the account.
 *
 * A relative path does not do: postgres makes its data folder absolute and enters it again. `/proc/self/cwd` is absolute and
 * leads straight to the folder that root entered for the child, whatever lies above it, in the postmaster, its backends and
 * the shell that initdb runs alike. So the data stays where the operator wanted it instead of moving to a system folder.
 * @throws PostgresStartError where there is no /proc
 */
export function folderForChild(folder: string, account: ServerAccount | undefined): ChildFolder {
  if (canEnter(dirname(folder), account)) {
    return { cwd: folder, path: folder };
  }
  if (process.platform !== "linux") {
    throw new PostgresStartError(
      `PostgreSQL does not run as root, and its account (uid ${account?.uid}) may not enter ${dirname(folder)}: start the hub as an ordinary user or set HUB_DATA to a folder that others may enter.`,
    );
  }
  return { cwd: folder, path: "/proc/self/cwd" };
}

function nearestExisting(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return nearestExisting(dirname(path));
  }
}
