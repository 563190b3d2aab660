import { type HostileMode, INNER_TEXT } from "./hostile-mode";
import type { HostileAnswer, HostileExchange } from "./hostile-server";

type Data = Readonly<Record<string, unknown>>;

/** Answers text in place of the honest answer. */
const text =
  (write: (exchange: HostileExchange) => string | Buffer): HostileAnswer =>
  (exchange) =>
    void exchange.response.writeHead(200, { "content-type": "application/json" }).end(write(exchange));

/** Replaces each object of the honest data, the innermost first. */
function mapObjects(value: unknown, change: (object: Data) => string): string {
  if (Array.isArray(value)) {
    return `[${value.map((item) => mapObjects(item, change)).join(",")}]`;
  }
  return typeof value === "object" && value !== null ? change(value as Data) : JSON.stringify(value);
}

/** Adds the same JSON members to every object of the answer, before or behind its own. */
const addToObjects = (members: string, isBefore = false): HostileAnswer =>
  text(({ honest }) => {
    const write = (object: Data): string => {
      const own = Object.entries(object).map(([key, value]) => `${JSON.stringify(key)}:${mapObjects(value, write)}`);
      return `{${(isBefore ? [members, ...own] : [...own, members]).join(",")}}`;
    };
    return `{"data":${write(honest.data)}}`;
  });

/** Puts the same in place of each leaf. */
const replaceLeaves = (json: string): HostileAnswer =>
  text(({ honest }) => {
    const write = (value: unknown): string => {
      if (Array.isArray(value)) {
        return `[${value.map(write).join(",")}]`;
      }
      return typeof value === "object" && value !== null
        ? `{${Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}:${key === "__typename" ? JSON.stringify(inner) : write(inner)}`)}}`
        : json;
    };
    return `{"data":${write(honest.data)}}`;
  });

/** Puts the same in place of each root field, or of each entity. */
const replaceFields = (json: string): HostileAnswer =>
  text(({ honest }) => {
    const fields = Object.entries(honest.data).map(([key, value]) => {
      const replaced = key === "_entities" && Array.isArray(value) ? `[${value.map(() => json).join(",")}]` : json;
      return `${JSON.stringify(key)}:${replaced}`;
    });
    return `{"data":{${fields.join(",")}}}`;
  });

/** Errors beside data in which every root field or entity is null. */
const refuse = (errors: unknown): HostileAnswer =>
  text(({ honest }) => {
    const data = Object.fromEntries(
      Object.entries(honest.data).map(([key, value]) => [key, Array.isArray(value) ? value.map(() => null) : null]),
    );
    return JSON.stringify({ data, errors });
  });

const harmless = (answer: HostileAnswer): HostileMode => ({ answer, effect: "none" });
const spoiled = (answer: HostileAnswer): HostileMode => ({ answer, effect: "nulls" });
const invalid = (answer: HostileAnswer): HostileMode => ({ answer, effect: "nulls", outcome: "invalid" });
const says = (json: string): HostileMode => invalid(text(() => json));

const MANY = 200_000;
const entitiesBy = (change: (entities: readonly unknown[]) => unknown): HostileAnswer =>
  text(({ honest }) => {
    const { _entities: entities, ...roots } = honest.data;
    const data = Array.isArray(entities) ? { _entities: change(entities) } : Object.keys(roots).map(() => null);
    return JSON.stringify({ data });
  });

const VALID_CODE = { code: "FORBIDDEN" };

/** Hostile in what the answer says. */
export const HOSTILE_ANSWERS: Readonly<Record<string, HostileMode>> = {
  "sends no JSON": says(`{"data": ${INNER_TEXT}`),
  "sends nothing": says(""),
  "sends null": says("null"),
  "sends a list": says("[]"),
  "sends a text": says(`"${INNER_TEXT}"`),
  "sends neither data nor errors": says(`{"hello":"${INNER_TEXT}"}`),
  "sends null as data": says('{"data":null}'),
  "sends a list as data": says('{"data":[1,2,3]}'),
  "sends errors that are no list": says(`{"errors":{"message":"${INNER_TEXT}"}}`),
  "sends data as a text": says(`{"data":"${INNER_TEXT}"}`),
  "adds fields of others": harmless(
    addToObjects('"id":"999","name":"Mallory","__typename":"Admin","player":{"name":"Mallory"},"players":[]', true),
  ),
  "adds __proto__": harmless(addToObjects('"__proto__":{"name":"Mallory","isPolluted":true,"toString":null}')),
  "adds constructor and prototype": harmless(
    addToObjects('"constructor":{"prototype":{"isPolluted":true}},"prototype":{}'),
  ),
  "adds toString, valueOf, toJSON and then": harmless(
    addToObjects('"toString":null,"valueOf":1,"hasOwnProperty":"x","toJSON":"x","then":1,"length":-1'),
  ),
  "adds bytes that are no UTF-8": harmless(
    text(({ honest }) =>
      Buffer.concat([
        Buffer.from('{"x":"'),
        Buffer.from([0xff, 0xc0, 0xed]),
        Buffer.from(`","data":${JSON.stringify(honest.data)}}`),
      ]),
    ),
  ),
  "says everything twice, first wrong": harmless(
    text(({ honest }) => `{"data":{"board":null,"_entities":[]},"data":${JSON.stringify(honest.data)}}`),
  ),
  "adds extensions": harmless(
    text(({ honest }) =>
      JSON.stringify({
        ...honest,
        asked: [{ subgraph: "names", outcome: "invalid" }],
        extensions: { completeness: INNER_TEXT },
      }),
    ),
  ),
  "names another type": spoiled(replaceFields('{"__typename":"Admin","title":7,"level":"x","score":"7","motto":7}')),
  "names a type constructor": spoiled(replaceFields('{"__typename":"constructor","title":[],"level":"x","score":"7"}')),
  "sends numbers for texts and texts for numbers": spoiled(replaceLeaves("[7]")),
  "sends objects for leaves": spoiled(replaceLeaves(`{"toString":"${INNER_TEXT}","toJSON":"x"}`)),
  "sends lists for objects": spoiled(replaceFields("[[]]")),
  "sends texts for objects": spoiled(replaceFields(`"${INNER_TEXT}"`)),
  "sends numbers beyond all bounds": spoiled(replaceLeaves("1e999")),
  "sends more entities": invalid(entitiesBy((entities) => [...entities, ...entities])),
  "sends fewer entities": invalid(entitiesBy((entities) => entities.slice(1))),
  "sends entities by number": invalid(entitiesBy((entities) => ({ ...entities, length: entities.length }))),
  "fails with its insides": spoiled(
    refuse([{ message: `SELECT at ${INNER_TEXT}`, extensions: { stacktrace: [INNER_TEXT], code: "XX000" } }]),
  ),
  "fails with a code that is known and everything beside it": spoiled(
    refuse([
      { message: "Not for you.", extensions: { ...VALID_CODE, stacktrace: [INNER_TEXT], debug: { at: INNER_TEXT } } },
    ]),
  ),
  "fails with a code constructor": spoiled(refuse([{ message: INNER_TEXT, extensions: { code: "constructor" } }])),
  "fails without end": spoiled(
    refuse(Array.from({ length: 5_000 }, (_, index) => ({ message: `No ${index}`, extensions: VALID_CODE }))),
  ),
  "fails at length": spoiled(refuse([{ message: "x".repeat(400_000), extensions: VALID_CODE }])),
  "fails where others answer": spoiled(
    refuse(
      [["player", "name"], ["players", 0, "name"], ["player"], ["_entities", 0, "name"], [], ["__proto__"]].map(
        (path) => ({
          message: "Not for you.",
          path,
          extensions: VALID_CODE,
        }),
      ),
    ),
  ),
  "fails with errors that are none": spoiled(refuse([null, 7, "x", [], { message: 7, path: 7, extensions: 7 }])),
  "nests without end beside the data": invalid(
    text(({ honest }) => `{"x":${"[".repeat(MANY)}${"]".repeat(MANY)},"data":${JSON.stringify(honest.data)}}`),
  ),
  "nests a little beside the data": harmless(
    text(({ honest }) => `{"x":${"[".repeat(10_000)}${"]".repeat(10_000)},"data":${JSON.stringify(honest.data)}}`),
  ),
  "nests without end in the data": invalid(replaceLeaves(`${'{"a":['.repeat(3_000)}${"]}".repeat(3_000)}`)),
  "lists without end": invalid(text(() => `{"data":{"x":[${"{},".repeat(MANY)}{}]}}`)),
  "has keys without end": invalid(
    text(() => `{"data":{${Array.from({ length: MANY }, (_, index) => `"${index}":1`).join(",")}}}`),
  ),
};
