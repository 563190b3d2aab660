import { registerEnumType } from "type-graphql";

/** What a quantity counts. FEN goes with mode CASH: one unit is one fen. */
export enum Unit {
  FEN = "FEN",
  KG = "KG",
  LITRE = "LITRE",
  PIECE = "PIECE",
  SET = "SET",
  HOUSEHOLD_KIT = "HOUSEHOLD_KIT",
  HOUR = "HOUR",
  SEAT = "SEAT",
  PLACE_MONTH = "PLACE_MONTH",
  HOUSE = "HOUSE",
}

registerEnumType(Unit, {
  name: "Unit",
  description: "What a quantity counts. FEN goes with CASH: one unit is one fen.",
});
