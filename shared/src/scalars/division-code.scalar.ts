import { isDivisionCode } from "../identifiers/division-code";
import { makeTextScalar } from "./make-text-scalar";

/** A division's code with 6, 9 or 12 significant digits (GB/T 2260, GB/T 10114, statistics bureau). */
export const DivisionCodeScalar = makeTextScalar({
  name: "DivisionCode",
  description: 'an administrative division\'s code of 6, 9 or 12 digits, for example "430225" (Yanling).',
  maxLength: 12,
  accepts: isDivisionCode,
  code: "IDENTIFIER_INVALID",
});
