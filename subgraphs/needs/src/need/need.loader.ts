import { pageLoader } from "@alliance-hub/shared/lists/page-loader";
import type { LoaderDefinition } from "@alliance-hub/shared/request-context";
import DataLoader from "dataloader";
import { In } from "typeorm";
import { Need } from "./need.entity";
import { NEWEST_PUBLISHED_FIRST, selectPublishedNeeds } from "./need-list-queries";
import { canSeeNeed } from "./need-visibility";

/** A need by id, null when there is none that this caller may know of. */
export const needByIdLoader: LoaderDefinition<string, Need | null> = {
  create: ({ database, caller }) =>
    new DataLoader(async (ids) => {
      const needs = await database.manager.findBy(Need, { id: In([...ids]) });
      const byId = new Map(needs.filter((need) => canSeeNeed(caller, need)).map((need) => [need.id, need]));
      return ids.map((id) => byId.get(id) ?? null);
    }),
};

/**
 * Published needs of many divisions; the parent is the division's stem. A need lies in its village and in all divisions
 * above, so membership is a range of village codes (`needs in stem 4302`: from 4302 up to, not including, `4302:`; the colon
 * follows the nine) that each division reads from the index.
 */
export const publishedNeedsOfDivisionLoader = pageLoader<Need, null>({
  order: NEWEST_PUBLISHED_FIRST,
  query: (manager) => selectPublishedNeeds(manager),
  parentExpression: "division.stem",
  joinParents: (query, stems) => {
    query.innerJoin(
      '(SELECT unnest(ARRAY[:...stems]::text[]) COLLATE "C" AS stem)',
      "division",
      "need.villageCode >= division.stem AND need.villageCode < division.stem || ':'",
      { stems },
    );
  },
});
