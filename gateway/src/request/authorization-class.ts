/**
 * Callers of one class see the same of every row, so an answer made for one of them may be given to another. Everybody is
 * the public until there are identities: then whoever makes an identity out of a request says which class it is of.
 */
export const PUBLIC_CLASS = "public";
