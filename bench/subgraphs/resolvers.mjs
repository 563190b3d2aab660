import {
  estimateShipping,
  findProduct,
  findReview,
  findUser,
  isInStock,
  listReviewsOfProduct,
  listReviewsOfUser,
  products,
  users,
} from "./data.mjs";

const listProducts = (_, { first }) => products.slice(0, first);

/** By subgraph. References come back with what the gateway sent along: the inventory computes with that, not with its own data. */
export const RESOLVERS = {
  accounts: {
    Query: { me: () => users[0], users: () => users },
    User: { __resolveReference: ({ id }) => findUser(id) },
  },
  products: {
    Query: { topProducts: listProducts, catalogue: listProducts },
    Product: { __resolveReference: ({ upc }) => findProduct(upc) },
  },
  inventory: {
    Product: {
      __resolveReference: (reference) => reference,
      inStock: ({ upc }) => isInStock(upc),
      shippingEstimate: (reference) => estimateShipping(reference),
    },
  },
  reviews: {
    Review: {
      __resolveReference: ({ id }) => findReview(id),
      author: ({ authorId }) => ({ id: authorId }),
      product: ({ upc }) => ({ upc }),
    },
    User: { __resolveReference: (reference) => reference, reviews: ({ id }) => listReviewsOfUser(id) },
    Product: { __resolveReference: (reference) => reference, reviews: ({ upc }) => listReviewsOfProduct(upc) },
  },
};

/** The same fields over whole objects, for the schema that is not cut in four. */
export const WHOLE_GRAPH_RESOLVERS = {
  Query: { ...RESOLVERS.accounts.Query, ...RESOLVERS.products.Query },
  User: { reviews: RESOLVERS.reviews.User.reviews },
  Product: {
    inStock: RESOLVERS.inventory.Product.inStock,
    shippingEstimate: RESOLVERS.inventory.Product.shippingEstimate,
    reviews: RESOLVERS.reviews.Product.reviews,
  },
  Review: { author: ({ authorId }) => findUser(authorId), product: ({ upc }) => findProduct(upc) },
};
