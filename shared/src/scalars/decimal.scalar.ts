import { makeTextScalar } from "./make-text-scalar";

/** A quantity: at most 18 digits, at most 6 of them after the point. Never a float. */
export const DecimalScalar = makeTextScalar({
  name: "Decimal",
  description: 'a decimal number as a string, at most 18 digits, at most 6 after the point, for example "12.5".',
  maxLength: 20,
  accepts: (text) => /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]{1,6})?$/.test(text) && text.replace(/[-.]/g, "").length <= 18,
});
