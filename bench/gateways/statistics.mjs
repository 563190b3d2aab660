/** Of numbers in any order; undefined for none. */
export function median(values) {
  const sorted = values.filter((value) => value !== undefined).sort((left, right) => left - right);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 0 ? average(sorted[middle - 1], sorted[middle]) : sorted[middle];
}

/** @param ascending numbers; @param share 0.99 for the value that 99 of 100 do not exceed */
export function quantile(ascending, share) {
  return ascending[Math.min(ascending.length - 1, Math.floor(ascending.length * share))];
}

/** How much larger `value` is than `base`; undefined when either is not known. */
export function ratio(value, base) {
  return value === undefined || base === undefined || base === 0 ? undefined : value / base;
}

function average(left, right) {
  return left === undefined || right === undefined ? undefined : (left + right) / 2;
}
