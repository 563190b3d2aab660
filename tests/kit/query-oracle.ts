import { type FieldDefinitionNode, Kind, type ObjectTypeDefinitionNode, parse, type SelectionSetNode } from "graphql";
import type { RandomSubgraph } from "./random-federation";

interface Table {
  /** `Type.field` -> definition, of each subgraph. */
  readonly fields: ReadonlyMap<string, FieldDefinitionNode>;
  readonly types: ReadonlyMap<string, ObjectTypeDefinitionNode>;
  readonly members: ReadonlyMap<string, readonly string[]>;
  readonly hasProvides: boolean;
}

/**
 * Whether a path of fields could be answered by any planner at all, found the slow and simple way from the subgraphs' own
 * documents: no supergraph, no bounds, no library. It never says no to what some planner can do.
 */
export function canAnswerPath(subgraphs: readonly RandomSubgraph[], path: readonly string[]): boolean {
  const tables = subgraphs.map(({ sdl }) => readTable(sdl));
  let type = "Query";
  let at = new Set(tables.keys());
  for (const step of path) {
    if (step.startsWith("... on ")) {
      const member = step.slice("... on ".length);
      at = new Set([...at].filter((index) => tables[index]?.members.get(type)?.includes(member) === true));
      type = member;
      continue;
    }
    const holders = reach(type, at).filter((index) => canResolve(index, type, step, []));
    if (holders.length === 0) {
      return false;
    }
    const [definition] = holders.map((index) => tables[index]?.fields.get(`${type}.${step}`));
    type = definition === undefined ? "" : namedType(definition);
    at = new Set(holders);
  }
  return true;

  function reach(typeName: string, from: ReadonlySet<number>, pending: readonly string[] = []): number[] {
    const reached = new Set(from);
    for (let size = -1; size !== reached.size; ) {
      size = reached.size;
      for (const [index, table] of tables.entries()) {
        for (const key of listKeys(table.types.get(typeName))) {
          if (canSelect(typeName, reached, key, pending)) {
            reached.add(index);
          }
        }
      }
    }
    return [...reached];
  }

  function canSelect(
    typeName: string,
    from: ReadonlySet<number>,
    selection: SelectionSetNode,
    pending: readonly string[],
  ): boolean {
    return selection.selections.every((node) => {
      if (node.kind !== Kind.FIELD) {
        return true;
      }
      const holders = [...from].filter((index) => canResolve(index, typeName, node.name.value, pending));
      const [first] = holders;
      const definition = first === undefined ? undefined : tables[first]?.fields.get(`${typeName}.${node.name.value}`);
      if (definition === undefined) {
        return false;
      }
      const target = namedType(definition);
      return (
        node.selectionSet === undefined ||
        canSelect(target, new Set(reach(target, new Set(holders), pending)), node.selectionSet, pending)
      );
    });
  }

  function canResolve(index: number, typeName: string, field: string, pending: readonly string[]): boolean {
    const id = `${index} ${typeName}.${field}`;
    const definition = tables[index]?.fields.get(`${typeName}.${field}`);
    if (definition === undefined || pending.includes(id)) {
      return definition !== undefined;
    }
    if (definition.directives?.some(({ name }) => name.value === "external") === true) {
      return tables[index]?.hasProvides === true;
    }
    const requires = readFields(definition, "requires");
    const within = [...pending, id];
    return (
      requires === undefined ||
      canSelect(typeName, new Set(reach(typeName, new Set([index]), within)), requires, within)
    );
  }
}

function readTable(sdl: string): Table {
  const fields = new Map<string, FieldDefinitionNode>();
  const types = new Map<string, ObjectTypeDefinitionNode>();
  const members = new Map<string, string[]>();
  for (const definition of parse(sdl, { noLocation: true }).definitions) {
    if (definition.kind === Kind.UNION_TYPE_DEFINITION) {
      members.set(definition.name.value, definition.types?.map(({ name }) => name.value) ?? []);
    } else if (definition.kind === Kind.OBJECT_TYPE_DEFINITION) {
      types.set(definition.name.value, definition);
      for (const { name } of definition.interfaces ?? []) {
        members.set(name.value, [...(members.get(name.value) ?? []), definition.name.value]);
      }
      for (const field of definition.fields ?? []) {
        fields.set(`${definition.name.value}.${field.name.value}`, field);
      }
    }
  }
  return { fields, types, members, hasProvides: sdl.includes("@provides(") };
}

function listKeys(type: ObjectTypeDefinitionNode | undefined): SelectionSetNode[] {
  return (type?.directives ?? []).flatMap((directive) => {
    const isResolvable = directive.arguments?.every(({ value }) => value.kind !== Kind.BOOLEAN || value.value) === true;
    const selection =
      directive.name.value === "key" && isResolvable ? readFields({ directives: [directive] }, "key") : undefined;
    return selection === undefined ? [] : [selection];
  });
}

function readFields(
  node: Pick<FieldDefinitionNode, "directives">,
  directiveName: string,
): SelectionSetNode | undefined {
  const directive = node.directives?.find(({ name }) => name.value === directiveName);
  const value = directive?.arguments?.find(({ name }) => name.value === "fields")?.value;
  const [operation] = value?.kind === Kind.STRING ? parse(`{${value.value}}`, { noLocation: true }).definitions : [];
  return operation?.kind === Kind.OPERATION_DEFINITION ? operation.selectionSet : undefined;
}

function namedType(definition: FieldDefinitionNode): string {
  let { type } = definition;
  while (type.kind !== Kind.NAMED_TYPE) {
    type = type.type;
  }
  return type.name.value;
}
