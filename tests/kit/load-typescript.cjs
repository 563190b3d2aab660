/**
 * Lets a plain Node process of a test run the sources: `node --require ./tests/kit/load-typescript.cjs some-file.ts`.
 * The same compiler settings as under jest.
 */
require("./resolve-sources.cjs");
const Module = require("node:module");
const { transformFileSync } = require("@swc/core");
const { transform } = require("../../jest.config.js");

const [, options] = transform["\\.ts$"];

Module._extensions[".ts"] = (module, filename) => {
  module._compile(transformFileSync(filename, { ...options, swcrc: false }).code, filename);
};
