import { kindOfType } from "@alliance-hub/shared/global-id";
import type { RandomStream } from "./random-stream";

const CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz";
const TIME_LENGTH = 10;
const RANDOM_LENGTH = 16;

/** An id whose ULID depends on nothing but the instant and the stream. */
export function makeDemoId(member: string, typeName: string, at: Date, random: RandomStream): string {
  let time = at.getTime();
  let key = "";
  for (let index = 0; index < TIME_LENGTH; index++) {
    key = CROCKFORD.charAt(time % 32) + key;
    time = Math.floor(time / 32);
  }
  for (let index = 0; index < RANDOM_LENGTH; index++) {
    key += CROCKFORD.charAt(random.nextBelow(32));
  }
  return `${member}.${kindOfType(typeName)}.${key}`;
}
