/** Every value is null or the honest one, at its place. */
export function expectHonestOrNull(value: unknown, expected: unknown): void {
  if (value === null || value === undefined) {
    return;
  }
  if (typeof value !== "object" || typeof expected !== "object" || expected === null) {
    expect(value).toEqual(expected);
    return;
  }
  expect(Object.keys(value)).toEqual(Object.keys(expected));
  for (const [key, inner] of Object.entries(value)) {
    expectHonestOrNull(inner, (expected as Record<string, unknown>)[key]);
  }
}
