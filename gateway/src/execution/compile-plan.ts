import { InvariantViolation, invariant } from "@alliance-hub/shared/invariant";
import { type GraphQLSchema, Kind, type OperationDefinitionNode, parse } from "graphql";
import type { BatchFetchNode, FetchNode, PlanNode, RequiresNode } from "../planning/plan-node";
import { compileContextFetch, type OperationContexts } from "./compile-context-fetch";
import { compileReader } from "./compile-reader";
import { compileFlattenPath, type FlattenPath } from "./entity-places";
import type { EntityBatch, EntityFetch, ExecutableNode, FetchOperation, RootFetch } from "./executable-plan";
import { requireOfAllTypes } from "./interface-object-requires";
import { printBodyHead } from "./print-body-head";
import { compileRepresentationPrinter, type RepresentationPrinter } from "./print-representation";
import { compileRequires } from "./representation";
import { compileRewrite, rewriteReader } from "./rewrites";
import type { SelectionReader } from "./selection-reader";
import { TextSelection } from "./text-selection";

export interface PlanSource {
  /** What clients see. */
  readonly schema: GraphQLSchema;
  /** Undefined where no argument comes from a context. */
  readonly contexts: OperationContexts | undefined;
}

/** @throws InvariantViolation for a plan that this gateway does not execute (@defer is refused before) */
export function compilePlan(node: PlanNode, source: PlanSource, path: FlattenPath = []): ExecutableNode {
  switch (node.kind) {
    case "Sequence":
      return { kind: "sequence", nodes: node.nodes.map((child) => compilePlan(child, source, path)) };
    case "Parallel":
      return { kind: "parallel", nodes: node.nodes.map((child) => compilePlan(child, source, path)) };
    case "Condition":
      return {
        kind: "condition",
        variable: node.condition,
        // The planner sends null where the types say undefined.
        whenTrue: node.ifClause ? compilePlan(node.ifClause, source, path) : undefined,
        whenFalse: node.elseClause ? compilePlan(node.elseClause, source, path) : undefined,
      };
    case "Flatten":
      return compilePlan(node.node, source, [...path, ...compileFlattenPath(node.path)]);
    case "Fetch":
      return fillContexts(compileFetch(node, source, path), source);
    case "BatchFetch":
      return fillContexts(compileBatchFetch(node, source), source);
    case "Subscription":
      // The source of a subscription: its answers are the events, which executeEvent() puts in the place of a call.
      return compileFetch(node.primary, source, path);
    default:
      throw new InvariantViolation(`the plan has a ${node.kind} node`);
  }
}

function fillContexts(fetch: RootFetch | EntityFetch, { contexts }: PlanSource): ExecutableNode {
  return contexts === undefined ? fetch : compileContextFetch(fetch, contexts);
}

function compileFetch(node: FetchNode, source: PlanSource, path: FlattenPath): RootFetch | EntityFetch {
  const reader = (node.outputRewrites ?? []).map(compileRewrite).reduce(rewriteReader, readerOf(node, source));
  if (node.requires === undefined || node.requires === null || node.requires.length === 0) {
    return { ...compileOperation(node), kind: "root", reader, textSelection: new TextSelection(reader), path };
  }
  const entityReader = entityReaderOf(reader, "_entities");
  const batch: EntityBatch = {
    responseKey: "_entities",
    representationsVariable: "representations",
    paths: [path],
    representation: compileRepresentations(node.requires, node.inputRewrites, source),
    reader: entityReader,
    textSelection: new TextSelection(entityReader),
  };
  return { ...compileOperation(node), kind: "entities", batches: [batch] };
}

function compileBatchFetch(node: BatchFetchNode, source: PlanSource): EntityFetch {
  const reader = readerOf(node, source);
  const batches = node.entityBatch.aliases.map((batch): EntityBatch => {
    const entityReader = (batch.outputRewrites ?? [])
      .map(compileRewrite)
      .reduce(rewriteReader, entityReaderOf(reader, batch.alias));
    return {
      responseKey: batch.alias,
      representationsVariable: batch.representationsVariableName,
      paths: batch.paths.map(compileFlattenPath),
      representation: compileRepresentations(batch.requires, batch.inputRewrites, source),
      reader: entityReader,
      textSelection: new TextSelection(entityReader),
    };
  });
  const place = ({ responseKey }: EntityBatch) => reader.fields.findIndex((field) => field.responseKey === responseKey);
  batches.sort((batch, other) => place(batch) - place(other));
  return { ...compileOperation(node), kind: "entities", batches };
}

function compileRepresentations(
  requires: readonly RequiresNode[],
  rewrites: FetchNode["inputRewrites"] | null,
  { schema }: PlanSource,
): RepresentationPrinter {
  const required = compileRequires(requireOfAllTypes(requires, rewrites ?? [], schema));
  return compileRepresentationPrinter(required, (rewrites ?? []).map(compileRewrite));
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

function readerOf(node: FetchNode | BatchFetchNode, { schema }: PlanSource): SelectionReader {
  const document = parse(node.operation, { noLocation: true });
  const operation = document.definitions.find(
    (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
  );
  invariant(operation !== undefined, "a fetch has no operation");
  return compileReader(document, operation, schema);
}

function entityReaderOf(reader: SelectionReader, responseKey: string): SelectionReader {
  const selection = reader.fields.find((field) => field.responseKey === responseKey)?.selection;
  invariant(selection !== undefined, "an entity fetch does not ask for its entities");
  return selection;
}
