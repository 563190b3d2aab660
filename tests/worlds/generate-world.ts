import { INTERFACE, KEYED_INTERFACE, UNION, type World } from "./world";
import { addComputedFields, addOverrides, addProvidedFields, addSharedFields } from "./world-directives";
import { makeField, WorldDraw } from "./world-draw";

const MAIN_KEYS = ["id", "id", "id", "code", "id code", "spot { zip }", "code spot { zip }"];

/**
 * A random federation with its data, in which every query can be answered, almost always: composition has the last word. The
 * same seed gives the same world.
 */
export function generateWorld(seed: number): World {
  const draw = new WorldDraw(seed);
  const count = 2 + Math.floor(draw.random() * 4);
  for (let index = 0; index < count; index += 1) {
    draw.subgraphs.push({ name: `s${index}`, parts: new Map(), members: new Map() });
  }
  drawTypes(draw);
  for (const entity of draw.entities) {
    placeEntity(draw, entity.name);
  }
  addRoots(draw, "Query", "r");
  addSharedFields(draw);
  addOverrides(draw);
  addComputedFields(draw);
  addProvidedFields(draw);
  if (draw.chance(40)) {
    addRoots(draw, "Mutation", "m");
  }
  if (draw.chance(30)) {
    addInterfaceObject(draw);
  }
  return draw.finish();
}

function drawTypes(draw: WorldDraw): void {
  const safe = { isSafe: true, isSolid: true };
  draw.addType("value", "Spot", [makeField("zip", "String!", undefined, safe), makeField("area", "String")]);
  const values = ["V0", "V1"].slice(0, 1 + Math.floor(draw.random() * 2));
  const entities = ["T0", "T1", "T2", "T3"].slice(0, 2 + Math.floor(draw.random() * 3));
  const targets = [...entities, ...entities, ...values, INTERFACE, UNION];
  for (const [index, name] of values.entries()) {
    const fields = Array.from({ length: 2 + Math.floor(draw.random() * 2) }, (_, at) => draw.drawLeafField(`v${at}`));
    if (draw.chance(30)) {
      fields.push(draw.drawObjectField("link", [...entities, ...values.slice(0, index)]));
    }
    draw.addType("value", name, fields);
  }
  for (const [index, name] of entities.entries()) {
    const fields = Array.from({ length: 3 + Math.floor(draw.random() * 4) }, (_, at) =>
      draw.chance(50) ? draw.drawLeafField(`f${at}`) : draw.drawObjectField(`f${at}`, targets),
    );
    draw.keys.set(name, [...new Set([draw.pick(MAIN_KEYS), draw.pick(MAIN_KEYS)])]);
    draw.addType("entity", name, [
      makeField("id", "ID!", undefined, safe),
      makeField("code", "String!", undefined, safe),
      makeField("spot", "Spot!", undefined, safe),
      makeField("label", "String"),
      draw.drawLeafField(`u${index}`),
      ...fields,
    ]);
  }
}

/** In one of two ways: all subgraphs have the main key, or each has one in common with the next. */
function placeEntity(draw: WorldDraw, name: string): void {
  const type = draw.types.get(name);
  const homes = draw.shuffle(draw.subgraphs).slice(0, 1 + Math.floor(draw.random() * draw.subgraphs.length));
  const [main = "id", other = main] = draw.keys.get(name) ?? [];
  const isChain = homes.length > 2 && draw.chance(25);
  for (const [index, home] of homes.entries()) {
    const keys = isChain
      ? [[main], [main, other], [other]][Math.min(index, 2)]
      : draw.chance(40)
        ? [other, main]
        : [main];
    for (const fields of keys ?? [main]) {
      draw.addKey(home, name, { fields, isResolvable: true });
    }
  }
  const keyFields = new Set(
    [main, other].flatMap((key) =>
      key
        .replace(/\{.*\}/, "")
        .trim()
        .split(/\s+/),
    ),
  );
  for (const field of type?.fields.values() ?? []) {
    const isKey = field.name === "id" || keyFields.has(field.name);
    if (draw.holders(name, field.name).length === 0) {
      draw.hold(draw.pick(homes), name, field.name, { how: isKey ? "shared" : "own" });
    }
  }
}

function addRoots(draw: WorldDraw, rootName: "Query" | "Mutation", prefix: string): void {
  const root = draw.addType("root", rootName, []);
  for (const [index, subgraph] of draw.subgraphs.entries()) {
    const targets = [...subgraph.parts.keys()].filter((name) => draw.types.get(name)?.kind === "entity");
    const isNeeded = rootName === "Query" && index === 0;
    const count = (isNeeded ? 1 : 0) + Math.floor(draw.random() * 3);
    for (let at = 0; at < count; at += 1) {
      const name = `${subgraph.name}${prefix}${at}`;
      const field = draw.chance(15)
        ? draw.drawLeafField(name)
        : draw.drawObjectField(name, [...targets, ...targets, INTERFACE, UNION]);
      root.fields.set(name, field);
      draw.hold(subgraph, rootName, name, { how: "own" });
    }
  }
}

/** An interface with a key, and one more subgraph that has fields of it without knowing what implements it. */
function addInterfaceObject(draw: WorldDraw): void {
  const [home] = draw.shuffle(draw.subgraphs);
  const members = [...(home?.parts ?? [])]
    .filter(([name, part]) => draw.types.get(name)?.kind === "entity" && part.keys.length > 0)
    .map(([name]) => name)
    .filter((name) => draw.keys.get(name)?.[0] === "id");
  if (home === undefined || members.length === 0) {
    return;
  }
  for (const member of members) {
    draw.addKey(home, member, { fields: "id", isResolvable: true });
  }
  home.members.set(KEYED_INTERFACE, members);
  const more = [draw.drawLeafField("more0"), draw.drawObjectField("more1", ["V0"])];
  if ([...(draw.types.get("V0")?.fields.keys() ?? [])].includes("link")) {
    more.pop();
  }
  draw.addType("interface-object", KEYED_INTERFACE, [
    makeField("id", "ID!", undefined, { isSafe: true, isSolid: true }),
    ...more,
  ]);
  const extra = { name: `s${draw.subgraphs.length}`, parts: new Map(), members: new Map() };
  draw.subgraphs.push(extra);
  extra.parts.set(KEYED_INTERFACE, { keys: [{ fields: "id", isResolvable: true }], holdings: new Map() });
  for (const field of ["id", ...more.map(({ name }) => name)]) {
    draw.hold(extra, KEYED_INTERFACE, field, { how: field === "id" ? "shared" : "own" });
  }
  const roots = [home, extra].filter(() => draw.chance(70));
  for (const subgraph of roots.length === 0 ? [home] : roots) {
    const field = draw.drawObjectField(`${subgraph.name}media`, [KEYED_INTERFACE]);
    draw.types.get("Query")?.fields.set(field.name, field);
    draw.hold(subgraph, "Query", field.name, { how: "own" });
  }
}
