import { StartError } from "@alliance-hub/shared/server/start-error";
import { ALLIANCE_ENVIRONMENT } from "../env";
import { describeUsage, parseGatewayArguments } from "./gateway-arguments";

describe("parseGatewayArguments()", () => {
  it.each([
    [[], { kind: "alliance" }],
    [["--supergraph", "a.graphql", "--open"], { kind: "supergraph-file", path: "a.graphql" }],
    [["--subgraphs=a.json", "--open"], { kind: "subgraphs-file", path: "a.json" }],
  ])("%j", (args, source) => {
    expect(parseGatewayArguments(args)).toEqual({ source, port: undefined, isHelpAsked: false });
  });

  it("reads a port, a list, and help before all that is missing", () => {
    expect(parseGatewayArguments(["--port", "0"]).port).toBe(0);
    expect(parseGatewayArguments(["--trusted-documents", "list.json"]).trustedDocuments).toBe("list.json");
    expect(parseGatewayArguments(["--help", "--supergraph", "a"]).isHelpAsked).toBe(true);
  });

  it.each([
    [["--supergraph", "a"], /--open/],
    [["--subgraphs", "a"], /no identities/],
    [["--open"], /--supergraph FILE or --subgraphs FILE/],
    [["--supergraph", "a", "--subgraphs", "b", "--open"], /two graphs/],
    [["--port", "70000"], /0 to 65535/],
    [["--port", "80x"], /0 to 65535/],
    [["--prot", "80"], /--prot.*\n--help/],
    [["needs"], /--help/],
    [["--supergraph"], /--help/],
  ])("refuses %j", (args, sentence) => {
    const parse = () => parseGatewayArguments(args);
    expect(parse).toThrow(StartError);
    expect(parse).toThrow(sentence);
  });
});

describe("describeUsage()", () => {
  it("names every option and every variable", () => {
    const usage = describeUsage();
    for (const word of [
      "--supergraph",
      "--subgraphs",
      "--port",
      "--trusted-documents",
      "--open",
      ...Object.keys(ALLIANCE_ENVIRONMENT.shape),
    ]) {
      expect(usage).toContain(word);
    }
  });
});
