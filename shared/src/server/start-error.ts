/**
 * Why a process cannot start or a command cannot be carried out, in words for its operator: what is wrong and what to do.
 * The message is all that is printed; the process exits 1.
 */
export class StartError extends Error {
  override readonly name: string = "StartError";
}

/** The system's error of a listening socket as a sentence; other errors as they are. */
export function explainListenError(error: unknown, { host, port }: { host: string; port: number }): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND") {
    return new StartError(`${host} is not an address of this machine. Correct HOST.`, { cause: error });
  }
  if (code === "EADDRINUSE") {
    return new StartError(`Port ${port} is in use. Stop the other program or choose another port with PORT.`, {
      cause: error,
    });
  }
  if (code === "EACCES") {
    return new StartError(`Port ${port} is not allowed for this user. Choose one above 1023 with PORT.`, {
      cause: error,
    });
  }
  return error;
}
