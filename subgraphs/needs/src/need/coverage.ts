import { Money, sumMoney, valueOfQuantity } from "@alliance-hub/shared/money";
import { millionthsOf } from "@alliance-hub/shared/quantity";
import { Field, Int, ObjectType } from "type-graphql";
import { CoverageLevel } from "./need-lists";

/** What of an item its need's coverage is computed from. Quantities are Decimals. */
export interface CoveredItem {
  readonly unitValue: Money;
  readonly requested: string;
  readonly held: string;
  readonly committed: string;
  readonly delivered: string;
  readonly confirmed: string;
}

@ObjectType({ description: "How far a need is held, committed, delivered and confirmed; computed from its items." })
export class Coverage {
  @Field(() => Money)
  requestedValue!: Money;

  @Field(() => Money)
  heldValue!: Money;

  @Field(() => Money)
  committedValue!: Money;

  @Field(() => Money)
  deliveredValue!: Money;

  @Field(() => Money)
  confirmedValue!: Money;

  @Field(() => Int, {
    description: "Committed share of the requested value in basis points; 10000 only when all is committed.",
  })
  committedBp!: number;

  @Field(() => CoverageLevel)
  level!: CoverageLevel;
}

const ALL_BP = 10_000n;

/** The coverage of a need from its items. The value of each quantity is rounded down to the fen. */
export function coverageOf(items: readonly CoveredItem[]): Coverage {
  const valueOfAll = (quantity: keyof Omit<CoveredItem, "unitValue">): Money =>
    sumMoney(items.map((item) => valueOfQuantity(item[quantity], item.unitValue)));
  const requestedValue = valueOfAll("requested");
  const committedValue = valueOfAll("committed");
  const level = levelOf(items);
  return Object.assign(new Coverage(), {
    requestedValue,
    heldValue: valueOfAll("held"),
    committedValue,
    deliveredValue: valueOfAll("delivered"),
    confirmedValue: valueOfAll("confirmed"),
    committedBp: committedBpOf(requestedValue, committedValue, level),
    level,
  });
}

function levelOf(items: readonly CoveredItem[]): CoverageLevel {
  const isTouched = items.some((item) => millionthsOf(item.committed) > 0n);
  if (!isTouched) {
    return CoverageLevel.NONE;
  }
  const isWhole = items.every((item) => millionthsOf(item.committed) === millionthsOf(item.requested));
  return isWhole ? CoverageLevel.FULL : CoverageLevel.PARTIAL;
}

/** Rounding must not make "all" of a part, nor divide by a worth of nothing: the level decides where it is FULL. */
function committedBpOf(requested: Money, committed: Money, level: CoverageLevel): number {
  const whole = BigInt(requested.amountMinor);
  if (level === CoverageLevel.FULL) {
    return Number(ALL_BP);
  }
  if (whole === 0n) {
    return 0;
  }
  const share = (BigInt(committed.amountMinor) * ALL_BP) / whole;
  return Number(share < ALL_BP ? share : ALL_BP - 1n);
}
