import { createRandom } from "./random-query";

export interface RandomSubgraph {
  readonly name: string;
  readonly url: string;
  readonly sdl: string;
}

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: [
  "@key", "@shareable", "@external", "@requires", "@provides", "@override", "@inaccessible"
])\n`;

const ENTITIES = ["Person", "Need", "Project"];
const VALUES = ["Place", "Period"];

/** What all subgraphs agree on: field name -> type name. Every subgraph has some of it. */
type Shape = Map<string, Map<string, string>>;

interface RandomType {
  readonly name: string;
  readonly keys: { readonly fields: string; readonly isResolvable: boolean }[];
  readonly fields: Set<string>;
}

/**
 * A small federation that composes but for satisfiability, most of the time. Fields are spread over the subgraphs by chance, so that
 * in about every third federation all queries can be answered. The same seed gives the same federation.
 */
export function generateFederation(seed: number): RandomSubgraph[] {
  const random = createRandom(seed);
  const chance = (percent: number): boolean => random() * 100 < percent;
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const shape = drawShape(chance, pick);
  const names = Array.from({ length: pick([2, 3, 4]) }, (_, index) => `s${index}`);
  const drawn = names.map(() => drawTypes(shape, chance, pick));
  return names.map((name, index) => {
    const types = drawn[index] ?? new Map<string, RandomType>();
    return { name, url: "", sdl: LINK + printSubgraph(name, types) };
  });

  function printSubgraph(subgraph: string, types: ReadonlyMap<string, RandomType>): string {
    const named = types.has("Person") && types.get("Person")?.fields.has("id") === true && chance(50) ? ["Person"] : [];
    const owners = [...types.keys()].filter(() => chance(40));
    const rootFields = subgraph === "s0" || chance(60) ? [`${subgraph}First: ${pick([...types.keys()])}`] : [];
    if (named.length > 0 && rootFields.length > 0) {
      rootFields.push(`${subgraph}Named: Named`);
    }
    if (owners.length > 0 && chance(40)) {
      rootFields.push(`${subgraph}Owner: Owner`);
    }
    const definitions = [...types.values()].map((type) => printType(subgraph, type, named, owners, rootFields));
    if (named.length > 0) {
      definitions.push("interface Named { id: ID }");
    }
    if (owners.length > 0) {
      definitions.push(`union Owner = ${owners.join(" | ")}`);
    }
    if (rootFields.length > 0) {
      definitions.push(`type Query { ${rootFields.join(" ")} }`);
    }
    return definitions.join("\n");
  }

  function printType(
    subgraph: string,
    { name, keys, fields }: RandomType,
    named: readonly string[],
    owners: readonly string[],
    rootFields: string[],
  ): string {
    const all = shape.get(name) ?? new Map<string, string>();
    const lines = [...fields]
      .filter((field) => all.get(field) !== "Owner" || owners.length > 0)
      .map((field) => `${field}: ${all.get(field)} @shareable`);
    const missing = [...all].find(([field, type]) => type === "Int" && !fields.has(field))?.[0];
    const isElsewhere = drawn.some((types) => types.get(name)?.fields.has(missing ?? "") === true);
    if (keys.length > 0 && missing !== undefined && isElsewhere && chance(50)) {
      lines.push(`${missing}: Int @external`);
      if (chance(60)) {
        lines.push(`${subgraph}Computed: Int @requires(fields: "${missing}")`);
      } else {
        rootFields.push(`${subgraph}${name}: ${name} @provides(fields: "${missing}")`);
      }
    }
    const other = drawn.findIndex(
      (types, index) => `s${index}` !== subgraph && types.get(name)?.fields.has("first") === true,
    );
    const taken = lines.findIndex((line) => line.startsWith("first:"));
    if (taken >= 0 && other >= 0 && chance(10)) {
      lines[taken] += ` @override(from: "s${other}"${chance(40) ? ', label: "percent(5)"' : ""})`;
    }
    const head = `type ${name}${named.includes(name) ? " implements Named" : ""}`;
    const keyText = keys.map(
      ({ fields: text, isResolvable }) => ` @key(fields: "${text}"${isResolvable ? "" : ", resolvable: false"})`,
    );
    return `${head}${keyText.join("")} { ${lines.length > 0 ? lines.join(" ") : "none: Int @shareable"} }`;
  }
}

function drawShape(chance: (percent: number) => boolean, pick: <T>(list: readonly T[]) => T): Shape {
  const composite = [...ENTITIES, ...VALUES, "Owner"];
  const shape: Shape = new Map();
  for (const name of [...ENTITIES, ...VALUES]) {
    const fields = new Map([["first", "Int"]]);
    for (const field of ["second", "third"]) {
      if (chance(70)) {
        fields.set(field, chance(30) ? "Int" : pick(composite));
      }
    }
    if (ENTITIES.includes(name)) {
      fields.set("id", "ID").set("code", "ID").set("place", "Place");
    }
    shape.set(name, fields);
  }
  return shape;
}

function drawTypes(
  shape: Shape,
  chance: (percent: number) => boolean,
  pick: <T>(list: readonly T[]) => T,
): Map<string, RandomType> {
  const types = new Map<string, RandomType>();
  const queue = [...shape.keys()].filter(() => chance(55));
  for (let name = queue.pop() ?? pick(ENTITIES); name !== ""; name = queue.pop() ?? "") {
    if (types.has(name) || !shape.has(name)) {
      continue;
    }
    const isEntity = ENTITIES.includes(name);
    const keys = isEntity && chance(90) ? [pick(["id", "id", "id", "code", "id code", "place { first }"])] : [];
    if (isEntity && chance(25)) {
      keys.push(pick(["id", "code"]));
    }
    const fields = new Set([...(shape.get(name)?.keys() ?? [])].filter((field) => field !== "place" && chance(50)));
    for (const field of isEntity
      ? keys.flatMap((key) =>
          key
            .replace(/\{.*\}/, "")
            .trim()
            .split(" "),
        )
      : ["first"]) {
      fields.add(field);
    }
    if (fields.size === 0) {
      fields.add("first");
    }
    types.set(name, {
      name,
      fields,
      keys: [...new Set(keys)].map((text) => ({ fields: text, isResolvable: chance(85) })),
    });
    queue.push(...[...fields].map((field) => shape.get(name)?.get(field) ?? ""));
  }
  return types;
}
