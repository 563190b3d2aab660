import { isUscc } from "../identifiers/uscc";
import { makeTextScalar } from "./make-text-scalar";

/** An organization's unified social credit code (GB 32100) with both check characters right. */
export const UsccScalar = makeTextScalar({
  name: "Uscc",
  description:
    'a unified social credit code of 18 characters with valid check characters, for example "51430200MJ000000XN".',
  maxLength: 18,
  accepts: isUscc,
  code: "IDENTIFIER_INVALID",
});
