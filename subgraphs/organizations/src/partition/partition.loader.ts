import { rowLoader } from "@alliance-hub/shared/database/row-loader";
import { Partition } from "./partition.entity";

export const partitionByIdLoader = rowLoader(Partition, "id");
