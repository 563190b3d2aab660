import { chooseWorkerOptions } from "./choose-worker-options";

describe("chooseWorkerOptions()", () => {
  it.each<[string[], string[], string[]]>([
    [[], [], ["--max-semi-space-size=64"]],
    [["--require", "x"], ["--trace-warnings"], ["--require", "x", "--max-semi-space-size=64"]],
    [["--max-semi-space-size=16"], [], ["--max-semi-space-size=16"]],
    [["--max_semi_space_size", "16"], [], ["--max_semi_space_size", "16"]],
    [["--trace-warnings"], ["--max-semi-space-size=128"], ["--trace-warnings"]],
  ])("keeps %j beside %j of the environment, with a young generation of a chosen size", (own, environment, options) => {
    expect(chooseWorkerOptions(own, environment)).toEqual(options);
  });
});
