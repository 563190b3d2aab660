import {
  type Holding,
  INTERFACE,
  isResolvedBy,
  KEYED_INTERFACE,
  membersOf,
  type TypePart,
  UNION,
  type World,
  type WorldField,
  type WorldSubgraph,
} from "./world";

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: [
  "@key", "@shareable", "@external", "@requires", "@provides", "@override", "@interfaceObject"
])\n`;

const LEVEL = "enum Level { LOW MID HIGH }";
const BOX = "input Box { n: Int = 5 level: Level tags: [String!] }";

/** What one subgraph says of itself. */
export function printSubgraphSdl(world: World, subgraph: WorldSubgraph): string {
  const parts = [...subgraph.parts].filter(([, { holdings }]) => holdings.size > 0);
  const definitions = parts.map(([name, part]) => printPart(world, subgraph, name, part));
  return LINK + addInputs([...definitions, ...printAbstractTypes(subgraph)].join("\n"));
}

/** The schema that clients see, printed from the world and not from what composition made of it. */
export function printMonolithSdl(world: World): string {
  const definitions = [...world.types.values()]
    .filter(({ name, kind }) => kind !== "interface-object" && hasHolder(world, name))
    .map(({ name, fields }) => {
      const more = membersOf(world, KEYED_INTERFACE).includes(name)
        ? [...(world.types.get(KEYED_INTERFACE)?.fields.values() ?? [])]
        : [];
      const all = [...fields.values(), ...more.filter((field) => !fields.has(field.name))];
      const lines = all.filter((field) => more.includes(field) || hasHolder(world, name, field.name)).map(printField);
      const parents = [INTERFACE, KEYED_INTERFACE].filter((parent) => membersOf(world, parent).includes(name));
      return `type ${name}${printParents(parents)} { ${lines.join(" ")} }`;
    });
  const named = new Set(world.subgraphs.flatMap((subgraph) => interfaceFields(subgraph)));
  if (named.size > 0) {
    definitions.push(`interface ${INTERFACE} { ${[...named].join(" ")} }`);
  }
  const media = world.types.get(KEYED_INTERFACE);
  if (media !== undefined) {
    definitions.push(`interface ${KEYED_INTERFACE} { ${[...media.fields.values()].map(printField).join(" ")} }`);
  }
  const members = membersOf(world, UNION);
  if (members.length > 0) {
    definitions.push(`union ${UNION} = ${members.join(" | ")}`);
  }
  return addInputs(definitions.join("\n"));
}

function printPart(world: World, subgraph: WorldSubgraph, name: string, { keys, holdings }: TypePart): string {
  const isObject = name === KEYED_INTERFACE;
  const parents = [INTERFACE, KEYED_INTERFACE].filter(
    (parent) => subgraph.members.get(parent)?.includes(name) === true,
  );
  const keyText = keys.map(
    ({ fields, isResolvable }) => ` @key(fields: "${fields}"${isResolvable ? "" : ", resolvable: false"})`,
  );
  const fields = world.types.get(name)?.fields;
  const lines = [...holdings].flatMap(([fieldName, holding]) => {
    const field = fields?.get(fieldName);
    return field === undefined ? [] : [printField(field, holding) + printDirectives(field, holding)];
  });
  return `type ${name}${printParents(parents)}${keyText.join("")}${isObject ? " @interfaceObject" : ""} { ${lines.join(" ")} }`;
}

function printField({ name, type, parameters }: WorldField, holding?: Holding | number): string {
  const own = typeof holding === "object" ? holding.strictType : undefined;
  return `${name}${parameters === undefined ? "" : `(${parameters})`}: ${own ?? type}`;
}

function printDirectives({ requires }: WorldField, { how, from, provides }: Holding): string {
  const directives = [
    how === "shared" ? "@shareable" : "",
    how === "external" ? "@external" : "",
    how === "taking" ? `@override(from: "${from}")` : "",
    provides === undefined ? "" : `@provides(fields: "${provides}")`,
    requires === undefined || how === "external" ? "" : `@requires(fields: "${requires}")`,
  ];
  return directives.map((directive) => (directive === "" ? "" : ` ${directive}`)).join("");
}

function printAbstractTypes(subgraph: WorldSubgraph): string[] {
  const { members } = subgraph;
  const printed: string[] = [];
  if (members.has(INTERFACE)) {
    printed.push(`interface ${INTERFACE} { ${interfaceFields(subgraph).join(" ")} }`);
  }
  if (members.has(KEYED_INTERFACE)) {
    printed.push(`interface ${KEYED_INTERFACE} @key(fields: "id") { id: ID! }`);
  }
  const inUnion = members.get(UNION);
  if (inUnion !== undefined) {
    printed.push(`union ${UNION} = ${inUnion.join(" | ")}`);
  }
  return printed;
}

/** What all members of the interface have in this subgraph. */
function interfaceFields({ members, parts }: WorldSubgraph): string[] {
  const names = members.get(INTERFACE);
  if (names === undefined) {
    return [];
  }
  const hasLabel = names.every((name) => {
    const holding = parts.get(name)?.holdings.get("label");
    return holding !== undefined && isResolvedBy(holding);
  });
  return ["id: ID!", ...(hasLabel ? ["label: String"] : [])];
}

function printParents(parents: readonly string[]): string {
  return parents.length === 0 ? "" : ` implements ${parents.join(" & ")}`;
}

function addInputs(sdl: string): string {
  const withBox = /\bBox\b/.test(sdl) ? `${sdl}\n${BOX}` : sdl;
  return /\bLevel\b/.test(withBox) ? `${withBox}\n${LEVEL}` : withBox;
}

/** Whether any subgraph has the type, or resolves the field. */
function hasHolder({ subgraphs }: World, typeName: string, fieldName?: string): boolean {
  return subgraphs.some(({ parts }) => {
    const holdings = parts.get(typeName)?.holdings;
    const holding = fieldName === undefined ? holdings?.size : holdings?.get(fieldName);
    return typeof holding === "object" ? isResolvedBy(holding) : (holding ?? 0) > 0;
  });
}
