import { HubError } from "@alliance-hub/shared/hub-error";
import type { SubgraphFixture } from "./federation";

/**
 * A shop as one set of objects: a monolith resolves them as they are, and each subgraph of the federation resolves its part
 * of the same objects. So both must give the same answers. Some rows have nulls, some fields fail.
 */
interface ShopObject {
  readonly __typename: string;
  readonly [field: string]: unknown;
}

const refuse = () => {
  throw new HubError("NOT_FOUND", "No such row.");
};

const user = (id: string, name: string, friends: readonly string[], fields: object = {}): ShopObject => ({
  __typename: "User",
  id,
  name,
  email: `${name.toLowerCase()}@example.org`,
  level: "SILVER",
  friends: () => friends.map((friend) => USERS[friend] ?? null),
  bestFriend: () => USERS[friends[0] ?? ""] ?? null,
  // Any Int may be asked for: what String.repeat() refuses, or what would fill the memory, is no fault of the gateway.
  shout: ({ times = 1 }: { times?: number | null }) => name.toUpperCase().repeat(Math.min(Math.max(times ?? 0, 0), 10)),
  reviews: ({ first = 5 }: { first?: number | null }) =>
    Object.values(REVIEWS)
      .filter((review) => review["authorId"] === id)
      .slice(0, first ?? 5),
  wishes: () => (id === "2" ? null : [PRODUCTS["1"], PRODUCTS["2"], null]),
  ...fields,
});

const product = (typeName: string, id: string, fields: object = {}): ShopObject => ({
  __typename: typeName,
  id,
  title: `${typeName} ${id}`,
  sku: `sku-${id}`,
  brand: { id: `brand-${id}`, label: `Brand ${id}` },
  price: Number(id) * 10,
  weight: Number(id),
  stock: Number(id) * 3,
  shipping: Number(id) * 10 + Number(id),
  related: () => PRODUCTS[String(Number(id) + 1)] ?? null,
  reviews: () => Object.values(REVIEWS).filter((review) => review["productId"] === id),
  score: Number(id) / 2,
  ...fields,
});

const review = (id: string, authorId: string, productId: string, fields: object = {}): ShopObject => ({
  __typename: "Review",
  id,
  authorId,
  productId,
  body: `Review ${id}`,
  author: () => USERS[authorId] ?? null,
  product: () => PRODUCTS[productId] ?? null,
  subject: () => (id === "2" ? USERS[authorId] : PRODUCTS[productId]) ?? null,
  ...fields,
});

const USERS: Readonly<Record<string, ShopObject>> = {
  "1": user("1", "Ann", ["2", "3"]),
  "2": user("2", "Bob", ["1", "9"], { email: null, level: "GOLD" }),
  "3": user("3", "Cai", [], { email: refuse, shout: refuse }),
};

const PRODUCTS: Readonly<Record<string, ShopObject>> = {
  "1": product("Book", "1", { pages: 100 }),
  "2": product("Toy", "2", { age: 3, weight: null, shipping: 20 }),
  "3": product("Book", "3", { pages: null, stock: refuse, score: null }),
};

const REVIEWS: Readonly<Record<string, ShopObject>> = {
  "1": review("1", "1", "1"),
  "2": review("2", "2", "1", { body: null }),
  "3": review("3", "1", "2", { body: refuse }),
  "4": review("4", "3", "3"),
};

/** The root value: fields of the query type. */
export const SHOP_ROOT = {
  me: () => USERS["1"],
  user: ({ id }: { id: string }) => USERS[id] ?? null,
  users: () => Object.values(USERS),
  products: ({ first = 3 }: { first?: number | null }) => Object.values(PRODUCTS).slice(0, first ?? 3),
  shelves: () => [[PRODUCTS["1"], PRODUCTS["2"]], [], null, [PRODUCTS["3"]]],
  search: () => [USERS["2"], PRODUCTS["1"], REVIEWS["1"], null, PRODUCTS["2"]],
  latest: () => Object.values(REVIEWS),
  topScored: () => PRODUCTS["2"],
};

const rootOf = (...names: readonly (keyof typeof SHOP_ROOT)[]) =>
  Object.fromEntries(names.map((name) => [name, (_source: unknown, parameters: never) => SHOP_ROOT[name](parameters)]));

const byId = (rows: Readonly<Record<string, ShopObject>>) => ({
  __resolveReference: async ({ id }: { id: string }) => rows[id] ?? null,
});

const bySku = {
  __resolveReference: async ({ sku, brand }: { sku: string; brand: { id: string } }) =>
    Object.values(PRODUCTS).find((row) => row["sku"] === sku && (row["brand"] as { id: string }).id === brand.id) ??
    null,
};

/** By either of the two keys: the planner chooses. */
const byAnyKey = {
  __resolveReference: async (reference: { id?: string; sku: string; brand: { id: string } }) =>
    reference.id === undefined ? bySku.__resolveReference(reference) : (PRODUCTS[reference.id] ?? null),
};

/** Computed from what the gateway passes, not from what this service could look up. */
const shipping = ({ price, weight }: { price: number; weight: number | null }) => price + (weight ?? 0);

const inventoryEntity = {
  __resolveReference: async (reference: { sku: string; brand: { id: string } }) => {
    const row = await bySku.__resolveReference(reference);
    return row && { __typename: row.__typename, stock: row["stock"], ...reference };
  },
  shipping,
};

export const SHOP_SUBGRAPHS: Readonly<Record<string, SubgraphFixture>> = {
  accounts: {
    typeDefs: `
      type Query { me: User user(id: ID!): User users: [User!]! }
      enum Level { SILVER GOLD }
      type User @key(fields: "id") {
        id: ID! name: String! @shareable email: String level: Level! friends: [User] bestFriend: User shout(times: Int): String!
      }
    `,
    resolvers: { Query: rootOf("me", "user", "users"), User: byId(USERS) },
  },
  catalogue: {
    typeDefs: `
      type Query { products(first: Int): [Product!]! shelves: [[Product!]] }
      interface Product { id: ID! title: String! brand: Brand! sku: String! price: Int! related: Product }
      type Brand @shareable { id: ID! label: String }
      type Book implements Product @key(fields: "id") @key(fields: "sku brand { id }") {
        id: ID! title: String! brand: Brand! sku: String! price: Int! weight: Int related: Product pages: Int
      }
      type Toy implements Product @key(fields: "id") @key(fields: "sku brand { id }") {
        id: ID! title: String! brand: Brand! sku: String! price: Int! weight: Int related: Product age: Int!
      }
      type User @key(fields: "id") { id: ID! wishes: [Product] }
    `,
    resolvers: {
      Query: rootOf("products", "shelves"),
      Book: byAnyKey,
      Toy: byAnyKey,
      User: byId(USERS),
    },
  },
  inventory: {
    typeDefs: `
      type Brand @shareable { id: ID! }
      type Book @key(fields: "sku brand { id }") {
        sku: String! brand: Brand! price: Int! @external weight: Int @external stock: Int! shipping: Int @requires(fields: "price weight")
      }
      type Toy @key(fields: "sku brand { id }") {
        sku: String! brand: Brand! price: Int! @external weight: Int @external stock: Int shipping: Int @requires(fields: "price weight")
      }
    `,
    resolvers: { Book: inventoryEntity, Toy: inventoryEntity },
  },
  reviews: {
    typeDefs: `
      type Query { latest: [Review!]! search: [Found] topScored: Scored }
      union Found = User | Book | Toy | Review
      union Subject = User | Book | Toy
      interface Scored { score: Float }
      type Review @key(fields: "id") { id: ID! body: String author: User! @provides(fields: "name") product: Item subject: Subject }
      union Item = Book | Toy
      type User @key(fields: "id") { id: ID! name: String! @external reviews(first: Int): [Review!]! }
      type Book implements Scored @key(fields: "id") { id: ID! reviews: [Review!]! score: Float }
      type Toy implements Scored @key(fields: "id") { id: ID! reviews: [Review!]! score: Float }
    `,
    resolvers: {
      Query: rootOf("latest", "search", "topScored"),
      User: byId(USERS),
      Book: byId(PRODUCTS),
      Toy: byId(PRODUCTS),
      Review: byId(REVIEWS),
    },
  },
};
