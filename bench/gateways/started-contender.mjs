import { setTimeout as sleep } from "node:timers/promises";
import { findFreePort } from "../http/free-port.mjs";
import { postGraphql } from "../http/post-graphql.mjs";
import { describeProgram } from "./contenders.mjs";
import { hasEnded, startProgram } from "./started-processes.mjs";

const START_TIMEOUT_MS = 30_000;
const PAUSE_MS = 100;

/**
 * Starts a contender and waits until it answers GraphQL.
 * @returns `{ contender, child, port, expectedBytes }`; the last is filled in by `checkAnswers`: operation -> bytes
 * @throws Error with what the program said when it ends or is not ready in time
 */
export async function startContender(contender, files, { processor, isSameFlags }) {
  const port = await findFreePort();
  const { command, args, environment } = describeProgram(contender, { ...files, port }, isSameFlags);
  const child = startProgram(args, { processor, environment, command });
  const deadlineAtMs = Date.now() + START_TIMEOUT_MS;
  while (!(await isAnswering(port))) {
    if (hasEnded(child)) {
      throw new Error(`${contender.title} has ended: ${child.errorText() || "it said nothing"}`);
    }
    if (Date.now() > deadlineAtMs) {
      throw new Error(`${contender.title} is not ready after ${START_TIMEOUT_MS / 1000} s: ${child.errorText()}`);
    }
    await sleep(PAUSE_MS);
  }
  return { contender, child, port, expectedBytes: new Map() };
}

/** Any answer shows that it listens; whether it answers rightly is checked afterwards. */
async function isAnswering(port) {
  try {
    await postGraphql(port, '{"query":"{__typename}"}');
    return true;
  } catch {
    return false;
  }
}
