import { composeSupergraph } from "./compose-supergraph";
import { type Composer, createComposer } from "./composer";

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])\n';
const NEEDS = { name: "needs", url: "http://needs.test", sdl: `${LINK}type Query { need: Int }` };
const BROKEN = { name: "broken", url: "http://broken.test", sdl: "type Query {" };

/** Takes seconds in any thread: the time limit ends it in the middle, the memory limit too. */
function largeFederation(): (typeof NEEDS)[] {
  return Array.from({ length: 400 }, (_, index) => ({
    name: `member${index}`,
    url: "http://member.test",
    sdl: `${LINK}type Query { m${index}: Need } type Need @key(fields: "id") { id: ID! ${Array.from({ length: 50 }, (__, field) => `m${index}f${field}: Int`).join(" ")} }`,
  }));
}

describe("createComposer()", () => {
  let composer: Composer | undefined;
  afterEach(() => composer?.close());

  it("composes in a thread, again and again", async () => {
    composer = createComposer();
    const [first, second, broken] = await Promise.all([
      composer.compose([NEEDS]),
      composer.compose([NEEDS]),
      composer.compose([NEEDS, BROKEN]),
    ]);
    expect(first.supergraphSdl).toContain("http://needs.test");
    expect(second).toEqual(first);
    expect(broken.errors).toEqual([expect.objectContaining({ code: "INVALID_GRAPHQL" })]);
  });

  it("passes the options on", async () => {
    composer = createComposer();
    const sdl = `${LINK}interface Node { id: ID! } type Query { need: Need } type Need implements Node @key(fields: "id") { id: ID! }`;
    const outcome = await composer.compose([{ ...NEEDS, sdl }], { node: true });
    expect(outcome).toEqual(composeSupergraph([{ ...NEEDS, sdl }], { node: true }));
    expect(outcome.supergraphSdl).toContain("node(");
  });

  it("ends what takes too long", async () => {
    composer = createComposer({ timeLimitMs: 300 });
    const late = await composer.compose(largeFederation());
    expect(late.errors).toEqual([
      { code: "COMPOSITION_LIMIT_EXCEEDED", message: "Composing 400 subgraphs took more than 0.3 s." },
    ]);
  });

  it("ends what takes too much memory, and goes on with the next", async () => {
    composer = createComposer({ memoryLimitMb: 24 });
    const fat = await composer.compose(largeFederation());
    expect(fat.errors).toEqual([
      { code: "COMPOSITION_LIMIT_EXCEEDED", message: "Composing 400 subgraphs took more than 24 MiB." },
    ]);
    expect((await composer.compose([NEEDS])).errors).toBeUndefined();
  });

  it("ends a composition under way when it is closed, and takes no other", async () => {
    composer = createComposer();
    const running = composer.compose(largeFederation());
    await new Promise(setImmediate);
    await composer.close();
    expect((await running).errors).toEqual([expect.objectContaining({ code: "COMPOSITION_FAILED" })]);
    expect((await composer.compose([NEEDS])).errors).toEqual([expect.objectContaining({ code: "COMPOSITION_FAILED" })]);
  });
});
