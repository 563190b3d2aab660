/**
 * `node mercurius-gateway.mjs SUBGRAPHS_FILE PORT`: @mercuriusjs/gateway on Fastify, as its manual starts it. It composes the
 * subgraphs itself and reads no supergraph. Its compiler for repeated queries (`jit`) is on.
 */
import { readFileSync } from "node:fs";
import mercuriusGateway from "@mercuriusjs/gateway";
import Fastify from "fastify";

/** Which subgraph owns a type; the others extend it. Federation 1, which is what it reads, wants that said. */
const OWNERS = { User: "accounts", Product: "products", Review: "reviews" };

const [subgraphsFile, port] = process.argv.slice(2);
const services = JSON.parse(readFileSync(subgraphsFile, "utf8"));

/** Passes the request's id on, as ours does: no two requests to a subgraph are the same. */
const rewriteHeaders = (_headers, { reply }) => {
  const id = reply?.request.headers["x-request-id"];
  return id === undefined ? {} : { "x-request-id": id };
};

function asFederation1(name, sdl) {
  return sdl
    .replace(/^extend schema @link\([^)]*\)\s*/, "")
    .replace(/^type Query\b/m, "extend type Query")
    .replaceAll(/^type (\w+) @key\(fields: "(\w+)"\) \{([^}]*)\}/gm, (whole, type, key, fields) =>
      OWNERS[type] === name
        ? whole
        : `extend type ${type} @key(fields: "${key}") {${fields.replace(new RegExp(`\\b${key}: \\w+!`), "$& @external")}}`,
    );
}

const app = Fastify();
await app.register(mercuriusGateway, {
  jit: 1,
  gateway: {
    services: services.map(({ name, url, sdl }) => ({ name, url, schema: asFederation1(name, sdl), rewriteHeaders })),
  },
});
await app.listen({ port: Number(port), host: "127.0.0.1" });
