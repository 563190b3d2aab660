import type { AllianceSubgraphs } from "../alliance/open-alliance";
import type { DemoInputs } from "../demo/demo-plan";
import { isSeeded, seedDemo } from "../demo/seed-demo";
import { say } from "./terminal";

/** What of the demo data was chosen; what was not is the default, or what is there already. */
export interface DemoChoice {
  readonly seed?: string;
  readonly scale?: DemoInputs["scale"];
}

/** Loads the demo data unless it is there, and says how far it is. @throws StartError when other data is there */
export async function fillDemo(subgraphs: AllianceSubgraphs, choice: DemoChoice): Promise<void> {
  if (choice.seed === undefined && choice.scale === undefined && (await isSeeded(subgraphs))) {
    return;
  }
  let lastLine = "";
  await seedDemo({
    subgraphs,
    ...choice,
    onProgress: ({ subgraph, done, total }) => {
      const line = `Demo data: ${subgraph} ${Math.floor((done / Math.max(total, 1)) * 100)} %`;
      if (line !== lastLine) {
        say(line);
        lastLine = line;
      }
    },
  });
}
