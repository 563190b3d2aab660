import { makeTextScalar } from "./make-text-scalar";

/** The code of a member of the alliance: the first part of every id it owns. Unique, never reused. */
export const MemberCodeScalar = makeTextScalar({
  name: "MemberCode",
  description: 'a member\'s code of 2 to 31 characters a-z, 0-9 and "-", for example "yanling-county".',
  maxLength: 31,
  accepts: (text) => /^[a-z][a-z0-9-]{1,30}$/.test(text),
});
