/** What the four subgraphs hold. The same in every run: six people, five hundred products, eleven reviews of the first nine. */

const PEOPLE = ["Zeng Lan", "Luo Min", "Tan Hui", "He Jun", "Ouyang Xue", "Peng Bo"];
const GOODS = [
  "Rice",
  "Quilt",
  "Rapeseed oil",
  "Water pump",
  "Desk",
  "Reading lamp",
  "Wheelchair",
  "Tea seedlings",
  "Stove",
];
const REVIEWED = [0, 0, 1, 2, 3, 3, 4, 5, 6, 7, 8];
const PRODUCT_COUNT = 500;

export const users = PEOPLE.map((name, index) => ({
  id: `u${index + 1}`,
  name,
  username: name.toLowerCase().replace(" ", "."),
  joinedYear: 2015 + index,
}));

export const products = Array.from({ length: PRODUCT_COUNT }, (_, index) => ({
  upc: `p${index + 1}`,
  name: `${GOODS[index % GOODS.length]}${index < GOODS.length ? "" : `, size ${Math.floor(index / GOODS.length)}`}`,
  price: 990 + ((index * 7919) % 250_000),
  weight: 100 + ((index * 104_729) % 40_000),
}));

const reviews = REVIEWED.map((productIndex, index) => ({
  id: `r${index + 1}`,
  body: `${GOODS[productIndex]}: arrived in time, ${index % 3 === 0 ? "would order again" : "two of them were damaged"}.`,
  authorId: users[(index * 5) % users.length].id,
  upc: products[productIndex].upc,
}));

const usersById = new Map(users.map((user) => [user.id, user]));
const productsByUpc = new Map(products.map((product) => [product.upc, product]));

export const findUser = (id) => usersById.get(id);
export const findProduct = (upc) => productsByUpc.get(upc);
export const findReview = (id) => reviews.find((review) => review.id === id);
export const listReviewsOfUser = (id) => reviews.filter(({ authorId }) => authorId === id);
export const listReviewsOfProduct = (upc) => reviews.filter((review) => review.upc === upc);

export const isInStock = (upc) => Number(upc.slice(1)) % 4 !== 0;

/** Light goods below 100 yuan are sent by post, the rest by weight. In cents. */
export const estimateShipping = ({ price, weight }) =>
  price < 10_000 && weight < 2_000 ? 600 : 800 + Math.ceil(weight / 500) * 50;
