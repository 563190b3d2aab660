/** In MiB. Answers live shortly: with a larger young generation a third of the time spent on collecting them is saved. */
const SEMI_SPACE = "--max-semi-space-size=64";

const SAME_OPTION = /^--max[-_]semi[-_]space[-_]size(=|$)/;

/**
 * Options of Node for workers: those that this process was started with, and the size of the young generation where nobody chose one.
 * @param environmentOptions those that every process takes from its environment (NODE_OPTIONS)
 */
export function chooseWorkerOptions(
  ownOptions: readonly string[],
  environmentOptions: readonly string[],
): readonly string[] {
  const isChosen = [...ownOptions, ...environmentOptions].some((option) => SAME_OPTION.test(option));
  return isChosen ? ownOptions : [...ownOptions, SEMI_SPACE];
}
