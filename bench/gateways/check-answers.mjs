import { isDeepStrictEqual } from "node:util";
import { postGraphql } from "../http/post-graphql.mjs";

/**
 * Asks a contender every operation and compares the answer with the one computed without any gateway. Notes how long the
 * right answer is: under load, an answer of another length counts as a failure.
 * @throws Error that says where the first difference is
 */
export async function checkAnswers({ contender, port, expectedBytes }, operations) {
  for (const { name, request, data } of operations) {
    const { status, text, bytes } = await postGraphql(port, request);
    const difference = describeDifference(status, text, data);
    if (difference !== undefined) {
      throw new Error(`${contender.title} answers the ${name} query wrongly: ${difference}`);
    }
    expectedBytes.set(name, bytes);
  }
}

function describeDifference(status, text, data) {
  if (status !== 200) {
    return `status ${status}, ${text.slice(0, 500)}`;
  }
  const answer = JSON.parse(text);
  if (answer.errors !== undefined) {
    return JSON.stringify(answer.errors).slice(0, 500);
  }
  return isDeepStrictEqual(answer.data, data) ? undefined : findDifference(answer.data, data, "data");
}

/** The path of the first value that differs. */
function findDifference(actual, expected, path) {
  if (typeof actual !== "object" || typeof expected !== "object" || actual === null || expected === null) {
    return `${path} is ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`;
  }
  for (const key of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
    if (!isDeepStrictEqual(actual[key], expected[key])) {
      return findDifference(actual[key], expected[key], `${path}.${key}`);
    }
  }
  return `${path} differs in kind`;
}
