/** Federations of any size. Each consists of the alliance, which owns four entities, and N members. */
const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key", "@shareable", "@external", "@requires"])\n';
const ENTITIES = ["Person", "Need", "Project", "Fund"];

/** Every member extends the four entities with two fields each: the case whose check grows with the cube. */
export function extendedBy(memberCount) {
  const extensions = (index) =>
    ENTITIES.map(
      (name) =>
        `type ${name} @key(fields: "id") { id: ID! m${index}Note: String m${index}Reports: [M${index}Report!]! }`,
    );
  return [alliance(), ...members(memberCount, extensions)];
}

/** Every member refers to the four entities by stubs. */
export function referredBy(memberCount) {
  const stubs = () => ENTITIES.map((name) => `type ${name} @key(fields: "id", resolvable: false) { id: ID! }`);
  return [alliance(), ...members(memberCount, stubs)];
}

function alliance() {
  const rootFields = ENTITIES.map((name) => `${name.toLowerCase()}(id: ID!): ${name}`);
  const types = ENTITIES.map(
    (name, index) =>
      `type ${name} @key(fields: "id") { id: ID! name: String! next: ${ENTITIES[(index + 1) % ENTITIES.length]} }`,
  );
  return define("alliance", [`type Query { ${rootFields.join(" ")} }`, ...types]);
}

function members(count, defineEntities) {
  return Array.from({ length: count }, (_, index) =>
    define(`member${index}`, [
      `type Query { m${index}Reports: [M${index}Report!]! }`,
      `type M${index}Report @key(fields: "id") { id: ID! title: String! about: Need owner: Person }`,
      ...defineEntities(index),
    ]),
  );
}

function define(name, definitions) {
  return { name, url: `http://${name}.test/graphql`, sdl: LINK + definitions.join("\n") };
}
