import { createHash } from "node:crypto";
import { renameSync, writeFileSync } from "node:fs";
import { composeSupergraph } from "@alliance-hub/gateway/composition/compose-supergraph";
import { federationSdl, type ListeningServer, serveFederationSubgraph } from "../../kit/subgraph-server";

export type Version = 1 | 2;

const NEEDS = (version: Version) =>
  `type Query { need: Need version: Int wait: Int only${version}: Int } type Need @key(fields: "id") { id: ID! version: Int }`;
const FUNDS = `type Query { fundsVersion: Int } type Need @key(fields: "id") { id: ID! allocated: Int }`;

/** A graph in two versions that differ in a field and in where the subgraphs are: each answer tells who gave it. */
export interface VersionedGraph {
  /** In the file's place at once, as a deployment should do it. */
  deploy(path: string, version: Version): void;
  readonly schemaIds: Readonly<Record<Version, string>>;
  /** Those who asked for `wait`: each is answered when it is called. */
  readonly waiting: (() => void)[];
  close(): Promise<void>;
}

export async function serveVersions(): Promise<VersionedGraph> {
  const waiting: (() => void)[] = [];
  const [one, two] = [await serveVersion(1, waiting), await serveVersion(2, waiting)];
  return {
    waiting,
    schemaIds: { 1: schemaIdOf(one.supergraphSdl), 2: schemaIdOf(two.supergraphSdl) },
    deploy(path, version) {
      writeFileSync(`${path}.new`, version === 1 ? one.supergraphSdl : two.supergraphSdl);
      renameSync(`${path}.new`, path);
    },
    async close() {
      await Promise.all([...one.servers, ...two.servers].map((server) => server.close()));
    },
  };
}

const schemaIdOf = (supergraphSdl: string) => createHash("sha256").update(supergraphSdl).digest("hex");

async function serveVersion(
  version: Version,
  waiting: (() => void)[],
): Promise<{ supergraphSdl: string; servers: readonly ListeningServer[] }> {
  const needs = await serveFederationSubgraph(NEEDS(version), {
    Query: {
      need: () => ({ id: "n1", version }),
      version: () => version,
      wait: () => new Promise((resolve) => waiting.push(() => resolve(version))),
      [`only${version}`]: () => version,
    },
  });
  const funds = await serveFederationSubgraph(FUNDS, {
    Query: { fundsVersion: () => version },
    Need: { __resolveReference: ({ id }: { id: string }) => ({ id, allocated: version }) },
  });
  const { supergraphSdl = "" } = composeSupergraph([
    { name: "needs", url: needs.url, sdl: federationSdl(NEEDS(version)) },
    { name: "funds", url: funds.url, sdl: federationSdl(FUNDS) },
  ]);
  return { supergraphSdl, servers: [needs, funds] };
}

/** What a gateway may answer to each query while it serves a version. */
export const QUESTIONS: readonly { readonly query: string; readonly answerBy: (version: Version) => unknown }[] = [
  {
    // Two steps, two subgraphs: both must be those of one version.
    query: "{ need { id version allocated } version fundsVersion }",
    answerBy: (version) => ({
      data: { need: { id: "n1", version, allocated: version }, version, fundsVersion: version },
    }),
  },
  { query: "query Both { version __typename }", answerBy: (version) => ({ data: { version, __typename: "Query" } }) },
  {
    query: "{ only1 }",
    answerBy: (version) => (version === 1 ? { data: { only1: 1 } } : { errors: ["BAD_USER_INPUT"] }),
  },
  {
    query: "{ only2 }",
    answerBy: (version) => (version === 2 ? { data: { only2: 2 } } : { errors: ["BAD_USER_INPUT"] }),
  },
];

/** The part of an answer that a test compares: data, and the codes of errors. */
export async function ask(url: string, query: string): Promise<unknown> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = (await response.json()) as {
    data?: unknown;
    errors?: readonly { readonly extensions?: { readonly code?: string } }[];
  };
  return errors === undefined ? { data } : { data, errors: errors.map((error) => error.extensions?.code) };
}
