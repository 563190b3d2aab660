/**
 * Outside of jest's own module system (its global set-up, processes that a test starts), packages of this workspace resolve to
 * their sources too, by the same names as in jest.config.js: no test needs a build.
 */
const Module = require("node:module");
const path = require("node:path");
const { moduleNameMapper } = require("../../jest.config.js");

const root = path.join(__dirname, "../..");
const rules = Object.entries(moduleNameMapper).map(([pattern, target]) => [
  new RegExp(pattern),
  target.replace("<rootDir>", root),
]);
const resolveFilename = Module._resolveFilename;

Module._resolveFilename = function resolveSource(request, ...rest) {
  const rule = rules.find(([pattern]) => pattern.test(request));
  return resolveFilename.call(this, rule === undefined ? request : request.replace(...rule), ...rest);
};
