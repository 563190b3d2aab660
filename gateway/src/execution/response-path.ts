/** A path from the root, shared by everything below a value: walking costs one small object a step, not a copied list. */
export interface PathNode {
  readonly previous: PathNode | undefined;
  readonly key: string | number;
}

export type PathSegments = readonly (string | number)[];

export function extendPath(previous: PathNode | undefined, key: string | number): PathNode {
  return { previous, key };
}

export function listPath(path: PathNode | undefined): (string | number)[] {
  const segments: (string | number)[] = [];
  for (let node = path; node !== undefined; node = node.previous) {
    segments.push(node.key);
  }
  return segments.reverse();
}
