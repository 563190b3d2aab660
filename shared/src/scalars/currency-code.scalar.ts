import { makeTextScalar } from "./make-text-scalar";

/** An ISO 4217 currency. The alliance keeps its books in CNY. */
export const CurrencyCodeScalar = makeTextScalar({
  name: "CurrencyCode",
  description: 'an ISO 4217 currency code, for example "CNY".',
  specifiedByURL: "https://www.iso.org/iso-4217-currency-codes.html",
  maxLength: 3,
  accepts: (text) => /^[A-Z]{3}$/.test(text),
});
