import type { ExecutableNode } from "./executable-plan";
import type { ExecutionContext } from "./execution-context";
import { fetchEntities } from "./fetch-entities";
import { fetchRoot } from "./fetch-root";
import { fetchWithContexts } from "./fetch-with-contexts";

/** Runs a plan; its data and errors end up in the context. A fetch that fails does not stop the others. */
export async function runPlan(node: ExecutableNode, context: ExecutionContext): Promise<void> {
  switch (node.kind) {
    case "sequence":
      for (const child of node.nodes) {
        await runPlan(child, context);
      }
      return;
    case "parallel":
      await Promise.all(node.nodes.map((child) => runPlan(child, context)));
      return;
    case "condition": {
      const chosen = context.variables[node.variable] === true ? node.whenTrue : node.whenFalse;
      if (chosen !== undefined) {
        await runPlan(chosen, context);
      }
      return;
    }
    case "root":
      await fetchRoot(node, context);
      return;
    case "entities":
      await fetchEntities(node, context);
      return;
    case "context-entities":
      await fetchWithContexts(node, context);
      return;
  }
}
