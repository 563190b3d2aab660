import { Field, InputType, ObjectType } from "type-graphql";
import { Column } from "typeorm";
import { Shareable } from "./database/owned-row";
import { invariant } from "./invariant";
import { BigIntScalar } from "./scalars/big-int.scalar";
import { CurrencyCodeScalar } from "./scalars/currency-code.scalar";

/** The currency of the alliance's books. */
export const HOME_CURRENCY = "CNY";

/**
 * An amount in minor units (fen). Kept and sent as a decimal string, computed as bigint: a float or a 32-bit integer loses
 * money. As a TypeORM embedded it makes two columns, `<property>_amount_minor bigint` and `<property>_currency text`.
 */
@Shareable
@ObjectType({ description: "An amount of money in minor units (fen)." })
export class Money {
  @Field(() => BigIntScalar, { description: "Minor units: 12345 is 123.45 yuan." })
  @Column({ type: "bigint" })
  amountMinor!: string;

  @Field(() => CurrencyCodeScalar)
  @Column({ type: "text" })
  currency!: string;
}

@InputType({ description: "An amount of money in minor units (fen)." })
export class MoneyInput {
  @Field(() => BigIntScalar, { description: "Minor units: 12345 is 123.45 yuan." })
  amountMinor!: string;

  @Field(() => CurrencyCodeScalar)
  currency!: string;
}

/** An amount of fen as Money. */
export function makeMoney(amountMinor: bigint | string, currency: string = HOME_CURRENCY): Money {
  return Object.assign(new Money(), { amountMinor: amountMinor.toString(), currency });
}

/** The sum of amounts of one currency; zero of the home currency for none. @throws InvariantViolation for mixed currencies */
export function sumMoney(amounts: readonly Money[]): Money {
  const currency = amounts[0]?.currency ?? HOME_CURRENCY;
  let total = 0n;
  for (const amount of amounts) {
    invariant(amount.currency === currency, "amounts of different currencies do not add up");
    total += BigInt(amount.amountMinor);
  }
  return makeMoney(total, currency);
}

/**
 * The value of a quantity, rounded down to the fen.
 * @param quantity a Decimal of at most six places
 */
export function valueOfQuantity(quantity: string, unitValue: Money): Money {
  const [whole = "0", fraction = ""] = quantity.split(".");
  const millionths = BigInt(`${whole}${fraction.padEnd(6, "0")}`);
  return makeMoney((millionths * BigInt(unitValue.amountMinor)) / 1_000_000n, unitValue.currency);
}

/**
 * Splits an amount by shares in basis points. The parts sum to the whole; the remainder goes to the largest part, the first
 * of them when several are equal.
 * @param sharesBp must sum to 10 000
 */
export function splitMoney(whole: Money, sharesBp: readonly number[]): Money[] {
  invariant(sharesBp.reduce((sum, share) => sum + share, 0) === 10_000, "shares must sum to 10 000 basis points");
  const total = BigInt(whole.amountMinor);
  const parts = sharesBp.map((share) => (total * BigInt(share)) / 10_000n);
  const largest = sharesBp.indexOf(Math.max(...sharesBp));
  const rest = total - parts.reduce((sum, part) => sum + part, 0n);
  return parts.map((part, index) => makeMoney(index === largest ? part + rest : part, whole.currency));
}
