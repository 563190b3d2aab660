// Before every class: the decorators below leave their types with it.
import "reflect-metadata";
import { HistoryEntry } from "@alliance-hub/shared/database/history-entry.entity";
import { IdempotencyRecord } from "@alliance-hub/shared/database/idempotency-record.entity";
import { CreateSharedTables1700000000000 } from "@alliance-hub/shared/database/migrations/1700000000000-create-shared-tables";
import { OutboxMessage } from "@alliance-hub/shared/database/outbox-message.entity";
import { isDivisionCode } from "@alliance-hub/shared/identifiers/division-code";
import {
  createSubgraph,
  type Subgraph,
  type SubgraphDefinition,
  type SubgraphOptions,
} from "@alliance-hub/shared/server/subgraph";
import { AdminDivisionResolver } from "./admin-division/admin-division.resolver";
import { divisionAt } from "./admin-division/admin-division.stub";
import { Household } from "./household/household.entity";
import { HouseholdResolver } from "./household/household.resolver";
import { resolveHouseholdReference } from "./household/household.service";
import { CreateNeeds1761955300000 } from "./migrations/1761955300000-create-needs";
import { Need } from "./need/need.entity";
import { needByIdLoader } from "./need/need.loader";
import { NeedResolver } from "./need/need.resolver";
import { NeedMutationsResolver } from "./need/need-mutations.resolver";
import { NeedItem } from "./need-item/need-item.entity";
import { NeedItemResolver } from "./need-item/need-item.resolver";
import { resolveNeedItemReference } from "./need-item/need-item.service";

export const NEEDS_SUBGRAPH: SubgraphDefinition = {
  name: "needs",
  entities: [Household, Need, NeedItem, HistoryEntry, IdempotencyRecord, OutboxMessage],
  migrations: [CreateSharedTables1700000000000, CreateNeeds1761955300000],
  resolvers: [HouseholdResolver, NeedResolver, NeedMutationsResolver, NeedItemResolver, AdminDivisionResolver],
  references: {
    Household: ({ id }, context) => resolveHouseholdReference(context, String(id)),
    Need: ({ id }, context) => context.loader(needByIdLoader).load(String(id)),
    NeedItem: ({ id }, context) => resolveNeedItemReference(context, String(id)),
    AdminDivision: ({ code }) => (isDivisionCode(String(code)) ? divisionAt(String(code)) : null),
  },
};

/** The needs subgraph, connected and migrated; it does not listen. @throws DatabaseUnavailable */
export function createNeedsSubgraph(options: SubgraphOptions): Promise<Subgraph> {
  return createSubgraph(NEEDS_SUBGRAPH, options);
}
