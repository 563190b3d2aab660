import { type GraphQLSchema, isEnumType, isInputObjectType, isInterfaceType, isObjectType } from "graphql";

/**
 * What reading the whole schema once costs. The gateway answers that itself, so it is weighed by the schema, not by the
 * number of its objects: a tool can read a schema of any size, and nobody can read it again and again in one request.
 */
export const WHOLE_SCHEMA_COST = 10_000;

/** Lists of the introspection types, and how long they are on average in one schema. */
export interface IntrospectionSizes {
  /** Everything a schema consists of: types, fields, arguments, values. */
  readonly elements: number;
  /** By field name. */
  readonly lists: ReadonlyMap<string, number>;
}

export function measureSchema(schema: GraphQLSchema): IntrospectionSizes {
  const types = Object.values(schema.getTypeMap());
  let fields = 0;
  let parameters = 0;
  let inputFields = 0;
  let values = 0;
  let interfaces = 0;
  for (const type of types) {
    if (isObjectType(type) || isInterfaceType(type)) {
      interfaces += type.getInterfaces().length;
      for (const field of Object.values(type.getFields())) {
        fields += 1;
        parameters += field.args.length;
      }
    } else if (isInputObjectType(type)) {
      inputFields += Object.keys(type.getFields()).length;
    } else if (isEnumType(type)) {
      values += type.getValues().length;
    }
  }
  const perType = (count: number) => Math.ceil(count / types.length);
  return {
    elements: types.length + fields + parameters + inputFields + values,
    lists: new Map([
      ["types", types.length],
      ["directives", schema.getDirectives().length],
      ["fields", perType(fields)],
      ["args", Math.ceil(parameters / Math.max(fields, 1))],
      ["inputFields", perType(inputFields)],
      ["enumValues", perType(values)],
      ["interfaces", perType(interfaces)],
      ["possibleTypes", perType(interfaces)],
    ]),
  };
}
