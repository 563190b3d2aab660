import { InvariantViolation, invariant } from "@alliance-hub/shared/invariant";
import { Kind, type OperationDefinitionNode, parse } from "graphql";
import type { BatchFetchNode, FetchNode, PlanNode, RequiresNode } from "../planning/plan-node";
import { compileContextFetch, type OperationContexts } from "./compile-context-fetch";
import { compileFlattenPath, type FlattenPath } from "./entity-places";
import type { EntityBatch, EntityFetch, ExecutableNode, FetchOperation, RootFetch } from "./executable-plan";
import { printBodyHead } from "./print-body-head";
import { compileRepresentationPrinter, type RepresentationPrinter } from "./print-representation";
import { compileRequires } from "./representation";
import { compileRewrite, rewriteReader } from "./rewrites";
import { compileReader, type SelectionReader } from "./selection-reader";

/**
 * @param contexts undefined where no argument comes from a context
 * @throws InvariantViolation for a plan that this gateway does not execute (@defer is refused before)
 */
export function compilePlan(
  node: PlanNode,
  contexts: OperationContexts | undefined,
  path: FlattenPath = [],
): ExecutableNode {
  switch (node.kind) {
    case "Sequence":
      return { kind: "sequence", nodes: node.nodes.map((child) => compilePlan(child, contexts, path)) };
    case "Parallel":
      return { kind: "parallel", nodes: node.nodes.map((child) => compilePlan(child, contexts, path)) };
    case "Condition":
      return {
        kind: "condition",
        variable: node.condition,
        // The planner sends null where the types say undefined.
        whenTrue: node.ifClause ? compilePlan(node.ifClause, contexts, path) : undefined,
        whenFalse: node.elseClause ? compilePlan(node.elseClause, contexts, path) : undefined,
      };
    case "Flatten":
      return compilePlan(node.node, contexts, [...path, ...compileFlattenPath(node.path)]);
    case "Fetch":
      return fillContexts(compileFetch(node, path), contexts);
    case "BatchFetch":
      return fillContexts(compileBatchFetch(node), contexts);
    case "Subscription":
      // The source of a subscription: its answers are the events, which executeEvent() puts in the place of a call.
      return compileFetch(node.primary, path);
    default:
      throw new InvariantViolation(`the plan has a ${node.kind} node`);
  }
}

function fillContexts(fetch: RootFetch | EntityFetch, contexts: OperationContexts | undefined): ExecutableNode {
  return contexts === undefined ? fetch : compileContextFetch(fetch, contexts);
}

function compileFetch(node: FetchNode, path: FlattenPath): RootFetch | EntityFetch {
  const reader = (node.outputRewrites ?? []).map(compileRewrite).reduce(rewriteReader, readerOf(node));
  if (node.requires === undefined || node.requires === null || node.requires.length === 0) {
    return { ...compileOperation(node), kind: "root", reader, path };
  }
  const batch: EntityBatch = {
    responseKey: "_entities",
    representationsVariable: "representations",
    paths: [path],
    representation: compileRepresentations(node.requires, node.inputRewrites),
    reader: entityReaderOf(reader, "_entities"),
  };
  return { ...compileOperation(node), kind: "entities", batches: [batch] };
}

function compileBatchFetch(node: BatchFetchNode): EntityFetch {
  const reader = readerOf(node);
  const batches = node.entityBatch.aliases.map(
    (batch): EntityBatch => ({
      responseKey: batch.alias,
      representationsVariable: batch.representationsVariableName,
      paths: batch.paths.map(compileFlattenPath),
      representation: compileRepresentations(batch.requires, batch.inputRewrites),
      reader: (batch.outputRewrites ?? [])
        .map(compileRewrite)
        .reduce(rewriteReader, entityReaderOf(reader, batch.alias)),
    }),
  );
  return { ...compileOperation(node), kind: "entities", batches };
}

function compileRepresentations(
  requires: readonly RequiresNode[],
  rewrites: FetchNode["inputRewrites"] | null,
): RepresentationPrinter {
  return compileRepresentationPrinter(compileRequires(requires), (rewrites ?? []).map(compileRewrite));
}

function compileOperation(node: FetchNode | BatchFetchNode): FetchOperation {
  const query = node.operation;
  const operationName = node.operationName ?? undefined;
  return {
    subgraph: node.serviceName,
    query,
    operationName,
    bodyHead: printBodyHead(query, operationName),
    variableNames: node.variableUsages ?? [],
    isMutation: node.operationKind === "mutation",
  };
}

function readerOf(node: FetchNode | BatchFetchNode): SelectionReader {
  const document = parse(node.operation, { noLocation: true });
  const operation = document.definitions.find(
    (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
  );
  invariant(operation !== undefined, "a fetch has no operation");
  return compileReader(document, operation);
}

function entityReaderOf(reader: SelectionReader, responseKey: string): SelectionReader {
  const selection = reader.fields.find((field) => field.responseKey === responseKey)?.selection;
  invariant(selection !== undefined, "an entity fetch does not ask for its entities");
  return selection;
}
