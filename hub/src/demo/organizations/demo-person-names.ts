import type { RandomStream } from "../random-stream";

const SURNAMES = [
  "王",
  "李",
  "张",
  "刘",
  "陈",
  "杨",
  "黄",
  "周",
  "吴",
  "徐",
  "孙",
  "胡",
  "朱",
  "高",
  "林",
  "何",
  "郭",
  "罗",
];
const GIVEN_NAMES = [
  "志远",
  "晓梅",
  "建平",
  "思颖",
  "文博",
  "雅琴",
  "国栋",
  "佳慧",
  "明辉",
  "秀兰",
  "子涵",
  "丽华",
  "海涛",
  "婉婷",
];

/** A name of nobody: a frequent surname with a frequent given name. */
export function drawPersonName(random: RandomStream): string {
  return `${random.pick(SURNAMES)}${random.pick(GIVEN_NAMES)}`;
}
