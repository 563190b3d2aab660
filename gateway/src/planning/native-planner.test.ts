import { composeSupergraph } from "../composition/compose-supergraph";
import { createNativePlanner, PlannerUnavailable, SupergraphInvalid } from "./native-planner";

const { supergraphSdl = "" } = composeSupergraph([{ name: "a", url: "http://a.test", sdl: "type Query { a: Int }" }]);

describe("createNativePlanner()", () => {
  it("plans", () => {
    expect(createNativePlanner(supergraphSdl).plan("{ a }", undefined, new Set(), 100).node).toMatchObject({
      kind: "Fetch",
      serviceName: "a",
    });
  });

  it.each([
    () => {
      throw new Error("Cannot find native binding. npm has a bug ...");
    },
    () => ({}),
  ])("says in one sentence that there is no binary for this machine", (load) => {
    expect(() => createNativePlanner(supergraphSdl, load)).toThrow(PlannerUnavailable);
    expect(() => createNativePlanner(supergraphSdl, load)).toThrow(
      new RegExp(
        `^The query planner has no binary for ${process.platform}-${process.arch} .*: run the gateway there, or in the Docker image\\.$`,
      ),
    );
  });

  it.each([
    "",
    "type Query { a: Int",
    "type Query { a: Int }",
    'schema { query: Query } enum join__Graph { A @join__graph(name: "a", url: "") }',
    'enum join__Graph { A @join__graph(name: "a", url: "") } type Query { a: Int }',
    'schema { query: Query } enum join__Graph { A @join__graph(name: "a", url: "") } type Query { a: Int @join__field(contextArguments: [{ context: "a__c", name: "b", type: "Int", selection: " { d }" }]) }',
  ])("refuses the supergraph %j", (sdl) => {
    expect(() => createNativePlanner(sdl)).toThrow(SupergraphInvalid);
  });
});
