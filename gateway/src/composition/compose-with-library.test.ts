import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as library from "@theguild/federation-composition";
import { type DocumentNode, parse } from "graphql";
import { composeWithLibrary, REPORTING_RULES } from "./compose-with-library";

jest.mock("@theguild/federation-composition", () => {
  const original = jest.requireActual("@theguild/federation-composition");
  return { ...original, composeServices: jest.fn(original.composeServices) };
});

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])\n';
const define = (name: string, sdl: string) => ({ name, url: "", typeDefs: parse(LINK + sdl, { noLocation: true }) });
const services = ["a", "b", "c", "d"].map((name) => define(name, `type Query { ${name}: Int }`));

/** Whether the library was asked without the rules that look at one subgraph alone. */
function wasShort(): boolean {
  const [, options] = jest.mocked(library.composeServices).mock.lastCall ?? [];
  return options?.disableValidationRules?.includes("KnownTypeNamesRule") === true;
}

describe("composeWithLibrary()", () => {
  it("checks each subgraph by itself once, and a changed one again", () => {
    const sound = new WeakSet<DocumentNode>();
    expect(composeWithLibrary(services, sound).errors).toBeUndefined();
    expect(wasShort()).toBe(false);
    expect(composeWithLibrary(services, sound).errors).toBeUndefined();
    expect(wasShort()).toBe(true);

    const faulty = [...services.slice(0, 3), define("d", "type Query { d: Nobody }")];
    const { errors } = composeWithLibrary(faulty, sound);
    expect(wasShort()).toBe(false);
    expect(errors?.map(({ message }) => message)).toEqual(["[d] Unknown type Nobody"]);

    const mended = [...services.slice(0, 3), define("d", "type Query { d: String }")];
    expect(composeWithLibrary(mended, sound).errors).toBeUndefined();
    expect(wasShort()).toBe(true);
  });

  it("names rules that the library has", () => {
    const folder = join(dirname(require.resolve("@theguild/federation-composition")), "subgraph/validation/rules");
    const text = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".js"))
      .map((file) => readFileSync(join(folder, file), "utf8"))
      .join("\n");
    expect(REPORTING_RULES.filter((name) => !text.includes(`function ${name}(`))).toEqual([]);
  });
});
