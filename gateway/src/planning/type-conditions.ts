/** Answers "does a fragment on this type apply to an object of that type", for all types of the supergraph, also the inaccessible ones. */
export class TypeConditions {
  constructor(
    readonly objectTypes: ReadonlySet<string>,
    readonly possibleTypes: ReadonlyMap<string, ReadonlySet<string>>,
  ) {}

  isObjectType(typeName: string): boolean {
    return this.objectTypes.has(typeName);
  }

  /**
   * Whether a selection on `condition` applies to an object that calls itself `typeName`.
   * A subgraph that knows an interface only as `@interfaceObject` calls its objects by the interface's name; then a
   * selection on any of the interface's types may apply.
   */
  matches(typeName: string, condition: string): boolean {
    return (
      typeName === condition ||
      this.possibleTypes.get(condition)?.has(typeName) === true ||
      this.possibleTypes.get(typeName)?.has(condition) === true
    );
  }
}
