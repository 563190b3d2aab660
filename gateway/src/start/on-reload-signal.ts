/**
 * Calls back at SIGHUP. Not where the process has a terminal: there the signal says that the terminal has gone, and the process
 * ends with it as any other does.
 * @returns ends the listening
 */
export function onReloadSignal(reload: () => void): () => void {
  if (process.stdin.isTTY || process.stdout.isTTY) {
    return () => undefined;
  }
  process.on("SIGHUP", reload);
  return () => process.off("SIGHUP", reload);
}
