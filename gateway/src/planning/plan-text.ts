import {
  type DocumentNode,
  type FloatValueNode,
  type IntValueNode,
  Kind,
  print,
  type StringValueNode,
  visit,
} from "graphql";
import { RequestRefused } from "./request-refused";

/**
 * An operation as text from which the planner's parser reads what is meant: it takes `\b` for another character, and numbers
 * that it cannot hold for a syntax error or a name.
 * @throws RequestRefused BAD_USER_INPUT for a number that no server would read as it is written
 */
export function printPlanText(document: DocumentNode): string {
  const plain = visit(document, {
    // In a string that is no block every backslash begins an escape sequence.
    [Kind.STRING]: { enter: (node: StringValueNode) => ({ ...node, block: false }) },
    [Kind.INT]: { enter: ({ value }: IntValueNode) => checkNumber(isPlannerInt(BigInt(value))) },
    [Kind.FLOAT]: { enter: ({ value }: FloatValueNode) => checkNumber(Number.isFinite(Number(value))) },
  });
  return print(plain).replace(/\\(.)/g, (sequence, character) => (character === "b" ? "\\u0008" : sequence));
}

function isPlannerInt(value: bigint): boolean {
  return BigInt.asIntN(64, value) === value;
}

function checkNumber(isReadable: boolean): void {
  if (!isReadable) {
    const message = "The operation has a number that is too large: send it as a variable.";
    throw RequestRefused.because("BAD_USER_INPUT", message);
  }
}
