import { makeTextScalar } from "./make-text-scalar";

/** A SHA-256 digest in lower-case hexadecimal. */
export const Sha256Scalar = makeTextScalar({
  name: "Sha256",
  description: "a SHA-256 digest as 64 lower-case hexadecimal digits.",
  maxLength: 64,
  accepts: (text) => /^[0-9a-f]{64}$/.test(text),
});
