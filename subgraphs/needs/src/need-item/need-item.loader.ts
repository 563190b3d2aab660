import { childrenLoader, rowLoader } from "@alliance-hub/shared/database/row-loader";
import { NeedItem } from "./need-item.entity";

/** Any item by id, whoever asks: whether the caller may know of it is the need's question. */
export const needItemByIdLoader = rowLoader(NeedItem, "id");

export const itemsOfNeedLoader = childrenLoader(NeedItem, "needId", { id: "ASC" });
