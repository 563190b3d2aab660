import { makeTextScalar } from "./make-text-scalar";

/** A whole number of up to 18 digits as a decimal string: JavaScript's numbers lose fen above 2^53. */
export const BigIntScalar = makeTextScalar({
  name: "BigInt",
  description: 'a whole number as a decimal string, up to 18 digits, for example "22000000000".',
  maxLength: 19,
  accepts: (text) => /^(?:0|-?[1-9][0-9]{0,17})$/.test(text),
});
