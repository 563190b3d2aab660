import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startHub } from "../../kit/running-hub";
import { acceptAlliance } from "./accept-alliance";

jest.setTimeout(60_000);

acceptAlliance("the alliance in one process", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "one-process-"));
  const hub = await startHub(dataDir);
  return {
    graphUrl: hub.graphUrl,
    databaseUrl: (subgraph) => hub.databaseUrl(subgraph),
    close: async () => {
      expect(await hub.program.stop()).toBe(0);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
});
