import { setTimeout as sleep } from "node:timers/promises";

const GIVE_UP_MS = 10_000;
const PAUSE_MS = 2;

/** Waits until something is so. @throws when it never becomes so, with what was awaited */
export async function until(what: string, isSo: () => boolean): Promise<void> {
  const giveUpAt = performance.now() + GIVE_UP_MS;
  while (!isSo()) {
    if (performance.now() > giveUpAt) {
      throw new Error(`waited for too long until ${what}`);
    }
    await sleep(PAUSE_MS);
  }
}
