import type { ComposedGraph, RuleError } from "../composition-rule";

/**
 * `@fromContext` (Federation 2.8) composes, but the query planner does not fill such arguments: the subgraph would be
 * asked without them and answer something else than its author meant. So the graph is refused, not served wrongly.
 */
export function checkFromContext({ subgraphs }: ComposedGraph): RuleError[] {
  return subgraphs.flatMap((subgraph) =>
    [...subgraph.types.values()].flatMap((type) =>
      [...type.fields.values()].flatMap((field) =>
        (field.arguments ?? [])
          .filter((argument) => subgraph.has(argument, "fromContext"))
          .map((argument) => ({
            code: "FROM_CONTEXT_NOT_SERVED",
            message: `[${subgraph.name}] "${type.name}.${field.name.value}(${argument.name.value}:)" is marked @fromContext, which this gateway does not serve.`,
          })),
      ),
    ),
  );
}
