import type { ColumnOptions } from "typeorm";
import { millionthsOf, quantityOf } from "../quantity";

/**
 * A quantity of 12 digits before and 6 after the point. PostgreSQL returns all six places; the program and the API see the
 * number without trailing zeros, so equal quantities are equal texts.
 */
export const QUANTITY_COLUMN = {
  type: "numeric",
  precision: 18,
  scale: 6,
  transformer: {
    to: (quantity: string | null | undefined) => quantity,
    from: (stored: string | null) => (stored === null ? null : quantityOf(millionthsOf(stored))),
  },
} as const satisfies ColumnOptions;
