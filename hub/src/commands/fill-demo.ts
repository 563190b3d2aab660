import type { AllianceSubgraphs } from "../alliance/open-alliance";
import { seedDemo } from "../demo/seed-demo";
import { say } from "./terminal";

export interface DemoChoice {
  readonly seed: string;
  readonly scale: 1 | 10 | 100;
}

/** Loads the demo data unless it is there, and says how far it is. @throws StartError when other demo data is there */
export async function fillDemo(subgraphs: AllianceSubgraphs, choice: DemoChoice): Promise<void> {
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
