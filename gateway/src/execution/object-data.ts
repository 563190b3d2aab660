/**
 * One object of the data that the subgraphs answered, by plan key. Its leaves are LeafData, JSON text as a rule; only
 * `__typename` is the name itself, which is asked for all the time.
 *
 * Its prototype is an empty object without a prototype: reading a key that is not there gives undefined, never
 * `Object.prototype.constructor`, and `__proto__` is a key like any other. (`Object.create(null)` would do the same, but
 * V8 keeps such objects as slow dictionaries.)
 */
export interface ObjectData {
  [planKey: string]: unknown;
}

const NewObjectData = function ObjectData() {} as unknown as new () => ObjectData;
NewObjectData.prototype = Object.create(null);

export function createObjectData(): ObjectData {
  return new NewObjectData();
}

export function isObjectData(value: unknown): value is ObjectData {
  return value instanceof NewObjectData;
}

/** A JSON object that came from elsewhere. */
export function isJsonObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
