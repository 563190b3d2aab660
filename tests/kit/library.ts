import { createFederation, type FederationUnderTest } from "./federation";

const USERS = [
  { __typename: "User", id: "u1", name: "Li Na", weight: 3 },
  { __typename: "User", id: "u2", name: "Wang Wei", weight: 5 },
];
const BOOKS = [
  { __typename: "Book", id: "b1", title: "Rivers" },
  { __typename: "Film", id: "f1", title: "Hills" },
];
const REVIEWS = [
  { id: "r1", body: "Good", authorId: "u1", bookId: "b1" },
  { id: "r2", body: "Fine", authorId: "u2", bookId: "b1" },
  { id: "r3", body: "Long", authorId: "u1", bookId: "gone" },
];
const byId = <Row extends { id: string }>(rows: readonly Row[], id: string) => rows.find((row) => row.id === id);

/** Users, books and reviews in subgraphs of their own: every way in which fields of one entity come together. */
export function createLibrary(options: Parameters<typeof createFederation>[1] = {}): FederationUnderTest {
  const done: string[] = [];
  return createFederation(
    {
      accounts: {
        typeDefs: `
          type Query { me: User users(first: Int = 10): [User!]! media: [Media] things: [Thing!]! color(of: Palette): Color done: [String!]! }
          type Mutation { first(step: String): User second(step: String!): Int! }
          "Somebody who reads."
          type User @key(fields: "id") {
            id: ID!
            name: String!
            nick(upper: Boolean = false): String @deprecated(reason: "use name")
            weight: Int
            secret: String @inaccessible
            favourite: Media
          }
          interface Media { id: ID! title: String }
          type Book implements Media @key(fields: "id") { id: ID! title: String }
          type Film implements Media @key(fields: "id") { id: ID! title: String }
          union Thing = User | Book
          enum Color { RED GREEN @inaccessible }
          input Palette { base: Color shades: [Int!] }
          scalar Day @specifiedBy(url: "https://www.rfc-editor.org/rfc/rfc3339")
          extend type Query { today: Day }
        `,
        resolvers: {
          Query: {
            me: () => USERS[0],
            users: (_: unknown, { first }: { first: number }) => USERS.slice(0, first),
            media: () => [...BOOKS, null],
            things: () => [USERS[1], BOOKS[0]],
            color: (_: unknown, { of }: { of?: { base?: string } }) => of?.base ?? "GREEN",
            today: () => "2026-03-01",
            done: () => done,
          },
          Mutation: {
            first: (_: unknown, { step }: { step: string }) => {
              done.push(step);
              return USERS[0];
            },
            second: (_: unknown, { step }: { step: string }) => {
              done.push(step);
              return done.length;
            },
          },
          User: {
            __resolveReference: ({ id }: { id: string }) => byId(USERS, id),
            nick: (user: { name: string }, { upper }: { upper: boolean }) =>
              upper ? user.name.toUpperCase() : user.name.toLowerCase(),
            favourite: (user: { id: string }) => (user.id === "u1" ? BOOKS[0] : BOOKS[1]),
          },
          Book: { __resolveReference: ({ id }: { id: string }) => byId(BOOKS, id) },
          Film: { __resolveReference: ({ id }: { id: string }) => byId(BOOKS, id) },
        },
      },
      reviews: {
        typeDefs: `
          type Query { latest(first: Int! = 2): [Review!]! }
          type Mutation { third(step: String!): Int }
          type User @key(fields: "id") {
            id: ID!
            name: String! @external
            weight: Int @external
            greeting: String! @requires(fields: "name weight")
            reviews: [Review!]!
          }
          type Review { id: ID! body: String author: User! book: Book }
          type Book @key(fields: "id") { id: ID! reviews: [Review!] strictReviews: [Review!]! }
          type Film @key(fields: "id") { id: ID! minutes: Int }
        `,
        resolvers: {
          Query: { latest: (_: unknown, { first }: { first: number }) => REVIEWS.slice(0, first) },
          Mutation: {
            third: (_: unknown, { step }: { step: string }) => {
              done.push(step);
              return done.length;
            },
          },
          User: {
            __resolveReference: (reference: object) => reference,
            greeting: ({ name, weight }: { name: string; weight: number }) => `${name}:${weight}`,
            reviews: ({ id }: { id: string }) => REVIEWS.filter((review) => review.authorId === id),
          },
          Review: {
            author: ({ authorId }: { authorId: string }) => ({ __typename: "User", id: authorId }),
            book: ({ bookId }: { bookId: string }) => ({ __typename: "Book", id: bookId }),
          },
          Book: {
            __resolveReference: ({ id }: { id: string }) => (id === "gone" ? null : { id }),
            reviews: ({ id }: { id: string }) => REVIEWS.filter((review) => review.bookId === id),
            strictReviews: () => {
              throw new Error("SELECT * FROM reviews at 10.0.0.1");
            },
          },
          Film: { __resolveReference: ({ id }: { id: string }) => ({ id, minutes: 90 }) },
        },
      },
    },
    options,
  );
}
