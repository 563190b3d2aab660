/**
 * One jest for the whole house. Sources are compiled by SWC with the same decorator settings as tsc, so a test never
 * needs a build; packages of this workspace resolve to their sources.
 *
 * Two lanes: `npm run test:fast` leaves out what starts processes or runs for long (`tests/e2e`, `tests/load`, `*.slow.test.ts`);
 * `npm test` runs everything.
 */
const isFastLane = process.env.TEST_LANE === "fast";

/** @type {import('jest').Config} */
module.exports = {
  roots: ["shared/src", "gateway/src", "subgraphs", "hub/src", "tests"].map((root) => `<rootDir>/${root}`),
  testEnvironment: "node",
  testMatch: ["**/*.test.ts"],
  testPathIgnorePatterns: [
    "/node_modules/",
    "/dist/",
    ...(isFastLane ? ["<rootDir>/tests/e2e/", "<rootDir>/tests/load/", "\\.slow\\.test\\.ts$"] : []),
  ],
  modulePathIgnorePatterns: ["/dist/"],
  moduleNameMapper: {
    "^@alliance-hub/(shared|gateway|hub)/(.*)$": "<rootDir>/$1/src/$2",
    "^@alliance-hub/(organizations|needs|projects|funds)/(.*)$": "<rootDir>/subgraphs/$1/src/$2",
    "^@alliance-hub/tests/(.*)$": "<rootDir>/tests/$1",
  },
  transform: {
    "\\.ts$": [
      "@swc/jest",
      {
        jsc: {
          target: "es2022",
          parser: { syntax: "typescript", decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
          keepClassNames: true,
        },
        module: { type: "commonjs" },
        sourceMaps: "inline",
      },
    ],
  },
  globalSetup: "<rootDir>/tests/kit/global-setup.ts",
  globalTeardown: "<rootDir>/tests/kit/global-teardown.ts",
  setupFilesAfterEnv: ["<rootDir>/tests/kit/fail-on-console.ts"],
  testTimeout: 30_000,
};
