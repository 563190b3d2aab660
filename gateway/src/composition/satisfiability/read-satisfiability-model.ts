import {
  type DocumentNode,
  type FieldDefinitionNode,
  type InterfaceTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type TypeNode,
  type UnionTypeDefinitionNode,
} from "graphql";
import { readSupergraphMembers } from "../read-subgraph-addresses";
import { findDirectives, readBooleanArgument, readStringArgument } from "../supergraph-directives";
import { parseFieldSelection } from "./parse-field-selection";
import {
  type AbstractModel,
  type EntityKey,
  type FieldModel,
  type FieldSelection,
  type GraphSet,
  graphBit,
  NO_GRAPHS,
  type ObjectModel,
  type SatisfiabilityModel,
} from "./satisfiability-model";

type CompositeNode = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

/** A construct that the model has no words for: interface objects, contexts, a field whose type differs by subgraph. */
class UnmodelledConstruct extends Error {}

/** What matters to satisfiability, or undefined where the supergraph has a construct that the model does not know. */
export function readSatisfiabilityModel(supergraph: DocumentNode): SatisfiabilityModel | undefined {
  try {
    return new ModelReader(supergraph).read();
  } catch (error) {
    if (error instanceof UnmodelledConstruct) {
      return undefined;
    }
    throw error;
  }
}

class ModelReader {
  readonly #supergraph: DocumentNode;
  readonly #graphNames: string[] = [];
  readonly #bits = new Map<string, GraphSet>();
  readonly #selections = new Map<string, FieldSelection>();
  readonly #members = new Map<string, Map<string, GraphSet>>();
  #providers = NO_GRAPHS;

  constructor(supergraph: DocumentNode) {
    this.#supergraph = supergraph;
    for (const { graph, name } of readSupergraphMembers(supergraph)) {
      this.#bits.set(graph, graphBit(this.#graphNames.length));
      this.#graphNames.push(name);
    }
  }

  read(): SatisfiabilityModel {
    const types = new Map<string, ObjectModel | AbstractModel>();
    const interfaces: InterfaceTypeDefinitionNode[] = [];
    for (const definition of this.#supergraph.definitions) {
      if (definition.kind === Kind.OBJECT_TYPE_DEFINITION) {
        types.set(definition.name.value, this.#readObject(definition));
      } else if (definition.kind === Kind.UNION_TYPE_DEFINITION) {
        types.set(definition.name.value, this.#readUnion(definition));
      } else if (definition.kind === Kind.INTERFACE_TYPE_DEFINITION) {
        interfaces.push(definition);
      }
    }
    // Their members are known only when every object has been read.
    for (const definition of interfaces) {
      types.set(definition.name.value, this.#readInterface(definition));
    }
    return { graphNames: this.#graphNames, providers: this.#providers, types };
  }

  #readObject(node: ObjectTypeDefinitionNode): ObjectModel {
    const { graphs, keys } = this.#readJoinedType(node);
    for (const directive of findDirectives(node, "join__implements")) {
      this.#addMember(readStringArgument(directive, "interface") ?? "", node.name.value, this.#readGraph(directive));
    }
    const fields = new Map((node.fields ?? []).map((field) => [field.name.value, this.#readField(field, graphs)]));
    return { kind: "object", name: node.name.value, graphs, keys, fields };
  }

  #readInterface(node: InterfaceTypeDefinitionNode): AbstractModel {
    const { graphs, keys } = this.#readJoinedType(node);
    for (const field of node.fields ?? []) {
      // Nothing of it is kept: a field of an interface is checked at the objects. It may name providers, or have a context.
      this.#readField(field, graphs);
    }
    const members = this.#members.get(node.name.value) ?? new Map();
    return { kind: "abstract", name: node.name.value, graphs, isEntity: keys.length > 0, members };
  }

  #readUnion(node: UnionTypeDefinitionNode): AbstractModel {
    for (const directive of findDirectives(node, "join__unionMember")) {
      this.#addMember(node.name.value, readStringArgument(directive, "member") ?? "", this.#readGraph(directive));
    }
    const graphs = this.#joinGraphs(findDirectives(node, "join__type").map((directive) => this.#readGraph(directive)));
    const members = this.#members.get(node.name.value) ?? new Map();
    return { kind: "abstract", name: node.name.value, graphs, isEntity: false, members };
  }

  #readJoinedType(node: CompositeNode): { readonly graphs: GraphSet; readonly keys: EntityKey[] } {
    let graphs = NO_GRAPHS;
    const keys = new Map<string, EntityKey>();
    for (const directive of findDirectives(node, "join__type")) {
      if (readBooleanArgument(directive, "isInterfaceObject", false)) {
        throw new UnmodelledConstruct();
      }
      const graph = this.#readGraph(directive);
      graphs |= graph;
      const fieldSet = readStringArgument(directive, "key");
      if (fieldSet === undefined) {
        continue;
      }
      const selection = this.#parseSelection(fieldSet);
      // Opaque keys have no text of their own.
      const id = selection.isOpaque ? fieldSet : selection.text;
      const target = readBooleanArgument(directive, "resolvable", true) ? graph : NO_GRAPHS;
      keys.set(id, { selection, targets: (keys.get(id)?.targets ?? NO_GRAPHS) | target });
    }
    return { graphs, keys: [...keys.values()] };
  }

  #readField(node: FieldDefinitionNode, typeGraphs: GraphSet): FieldModel {
    const typeName = readTypeName(node.type);
    const holders = { plain: NO_GRAPHS, external: NO_GRAPHS, overridden: NO_GRAPHS, labelled: NO_GRAPHS };
    const requirements: { readonly graphs: GraphSet; readonly selection: FieldSelection }[] = [];
    const joins = findDirectives(node, "join__field");
    if (joins.length === 0) {
      holders.plain = typeGraphs;
    }
    for (const directive of joins) {
      const graph = this.#readGraph(directive);
      const ownType = readStringArgument(directive, "type");
      const hasContext = directive.arguments?.some(({ name }) => name.value === "contextArguments") === true;
      if (hasContext || (ownType !== undefined && ownType.replaceAll(/[[\]!\s]/g, "") !== typeName)) {
        throw new UnmodelledConstruct();
      }
      if (readStringArgument(directive, "provides") !== undefined) {
        this.#providers |= graph;
      }
      const requires = readStringArgument(directive, "requires");
      if (readBooleanArgument(directive, "external", false)) {
        holders.external |= graph;
      } else if (readStringArgument(directive, "overrideLabel") !== undefined) {
        const isTaker = readStringArgument(directive, "override") !== undefined;
        holders[isTaker ? "labelled" : "overridden"] |= graph;
      } else if (readBooleanArgument(directive, "usedOverridden", false)) {
        holders.overridden |= graph;
      } else if (requires !== undefined) {
        requirements.push({ graphs: graph, selection: this.#parseSelection(requires) });
      } else {
        holders.plain |= graph;
      }
    }
    return {
      name: node.name.value,
      typeName,
      isInaccessible: findDirectives(node, "inaccessible").length > 0,
      plainHolders: holders.plain,
      externalHolders: holders.external,
      overriddenHolders: holders.overridden,
      labelledHolders: holders.labelled,
      requirements,
    };
  }

  #readGraph(directive: Parameters<typeof readStringArgument>[0]): GraphSet {
    const graph = this.#bits.get(readStringArgument(directive, "graph") ?? "");
    if (graph === undefined) {
      // A field that comes to an object from an interface object has no subgraph of its own.
      throw new UnmodelledConstruct();
    }
    return graph;
  }

  #addMember(abstractType: string, member: string, graph: GraphSet): void {
    const members = this.#members.get(abstractType) ?? new Map<string, GraphSet>();
    this.#members.set(abstractType, members.set(member, (members.get(member) ?? NO_GRAPHS) | graph));
  }

  #parseSelection(fieldSet: string): FieldSelection {
    const known = this.#selections.get(fieldSet);
    if (known !== undefined) {
      return known;
    }
    const selection = parseFieldSelection(fieldSet);
    this.#selections.set(fieldSet, selection);
    return selection;
  }

  #joinGraphs(graphs: readonly GraphSet[]): GraphSet {
    return graphs.reduce((joined, graph) => joined | graph, NO_GRAPHS);
  }
}

function readTypeName(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : readTypeName(type.type);
}
