import { rowLoader } from "@alliance-hub/shared/database/row-loader";
import { Household } from "./household.entity";

/** Any household by id, whoever asks: for services, which ask first whether the caller may know of it. */
export const householdByIdLoader = rowLoader(Household, "id");
