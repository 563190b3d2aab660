import type { AllianceSubgraphs } from "../alliance/open-alliance";
import type { DemoInputs } from "../demo/demo-plan";
import { isSeeded, readBegunDemo, seedDemo } from "../demo/seed-demo";
import { say } from "./terminal";

/** What of the demo data was chosen; what was not is the default, or what is there already. */
export interface DemoChoice {
  readonly seed?: string;
  readonly scale?: DemoInputs["scale"];
}

/**
 * Loads the demo data unless it is there, and says how far it is. A subgraph that is not done when the process is told to stop
 * stays empty.
 * @throws StartError when other data is there
 * @throws the signal's reason when it is aborted
 */
export async function fillDemo(subgraphs: AllianceSubgraphs, choice: DemoChoice, stopping: AbortSignal): Promise<void> {
  const isOpen = choice.seed === undefined && choice.scale === undefined;
  if (isOpen && (await isSeeded(subgraphs))) {
    return;
  }
  // A start that was cut short goes on with what it began, not with the default.
  const begun = isOpen ? await readBegunDemo(subgraphs) : undefined;
  let lastLine = "";
  await seedDemo({
    subgraphs,
    ...choice,
    ...begun,
    onProgress: ({ subgraph, done, total }) => {
      stopping.throwIfAborted();
      const line = `Demo data: ${subgraph} ${Math.floor((done / Math.max(total, 1)) * 100)} %`;
      if (line !== lastLine) {
        say(line);
        lastLine = line;
      }
    },
  });
}
