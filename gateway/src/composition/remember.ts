/** The function, asked once for each object and forgotten with it. For objects that never change. */
export function remember<Key extends object, Result>(find: (key: Key) => Result): (key: Key) => Result {
  const known = new WeakMap<Key, { readonly result: Result }>();
  return (key) => {
    const entry = known.get(key) ?? { result: find(key) };
    known.set(key, entry);
    return entry.result;
  };
}
