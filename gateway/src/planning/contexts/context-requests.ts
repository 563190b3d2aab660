import {
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type InlineFragmentNode,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
} from "graphql";
import type { Supergraph } from "../supergraph";
import type { ContextModel } from "./context-model";
import type { ContextArgument } from "./contextual-field";
import type { SelectionScope } from "./selection-scope";

const TYPENAME_FIELD: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: "__typename" } };

/** Adds to the selections above a contextual field what its arguments are taken from. */
export class ContextRequests {
  constructor(
    readonly supergraph: Supergraph,
    readonly model: ContextModel,
  ) {}

  /** @param nearest of the object above; further ones are asked as well where it need not set the context */
  ask(argument: ContextArgument, nearest: SelectionScope | undefined): void {
    for (let scope = nearest; scope !== undefined; scope = scope.above) {
      const { type } = scope;
      const isSetter = this.model.isSetter(argument.context, type.name);
      // Who is nearest is decided object by object. Of the root it is known, and of an @interfaceObject it may cost a fetch.
      if (scope.above !== undefined && !(isSetter && this.supergraph.interfaceObjects.has(type.name))) {
        scope.add(TYPENAME_FIELD);
      }
      const objectTypes = this.#listObjectTypes(type);
      const setters = objectTypes.filter(({ name }) => this.model.isSetBy(argument.context, name));
      if (isSetter && isInterfaceType(type) && argument.selection.selections[0]?.kind === Kind.FIELD) {
        this.#add(argument, type, scope);
      } else {
        setters.forEach((setter) => {
          this.#add(argument, setter, scope);
        });
      }
      if (isSetter || setters.length === objectTypes.length) {
        return;
      }
    }
  }

  #listObjectTypes(type: GraphQLCompositeType): readonly GraphQLObjectType[] {
    return isAbstractType(type) ? this.supergraph.publicSchema.getPossibleTypes(type) : [type];
  }

  #add(argument: ContextArgument, type: GraphQLCompositeType, scope: SelectionScope): void {
    const field = this.model.valueFieldOf(argument, type.name);
    if (field === undefined || field.name.value === "__typename") {
      return;
    }
    const named: FieldNode = {
      ...field,
      // Under its own name where that cannot clash: then it is the client's own selection, or a key.
      ...((!scope.isCertain || this.model.isAmbiguous(field.name.value)) && {
        alias: { kind: Kind.NAME, value: this.model.planKeyOf(type.name, field.name.value) },
      }),
    };
    scope.add(isObjectType(type) && type !== scope.type ? fragmentOn(type.name, named) : named);
  }
}

function fragmentOn(typeName: string, field: FieldNode): InlineFragmentNode {
  return {
    kind: Kind.INLINE_FRAGMENT,
    typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: typeName } },
    selectionSet: { kind: Kind.SELECTION_SET, selections: [field] },
  };
}
