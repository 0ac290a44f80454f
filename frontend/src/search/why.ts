import type { Schemas } from "../api/client";
import { count, number } from "../ui/words";

export type Reason = Schemas["Why"]["reasons"][number];

/**
 * What each reason adds, in hundredths, rounded so that together they are the rounded sum: the largest remainders
 * are rounded up.
 */
export function shares(reasons: readonly Reason[]): number[] {
  const exact = reasons.map((reason) => reason.score * 100);
  const whole = exact.map(Math.floor);
  const sum = Math.round(exact.reduce((a, b) => a + b, 0));
  const short = sum - whole.reduce((a, b) => a + b, 0);
  const remainder = (i: number) => (exact[i] ?? 0) - (whole[i] ?? 0);
  const up = new Set([...exact.keys()].sort((a, b) => remainder(b) - remainder(a)).slice(0, short));
  return whole.map((share, i) => share + (up.has(i) ? 1 : 0));
}

const times = (frequency: number) =>
  frequency === 1 ? "once" : frequency === 2 ? "twice" : `${number(frequency)} times`;

/** How rare it is to be in so many passages of all, up to these shares. */
const rarities: [number, string][] = [
  [0.001, "very rare"],
  [0.01, "rare"],
  [0.1, "common"],
];

function rarity(passages: number, all: number): string {
  const share = passages / Math.max(all, 1);
  return rarities.find(([most]) => share <= most)?.[1] ?? "very common";
}

/** Why a reason counts for much or for little, in plain words. */
export function inPlainWords(reason: Reason, all: number): string[] {
  if (reason.clause === "") return ["the nearer to each other, the more it adds"];
  return [
    ...(reason.frequency > 0 ? [`${times(reason.frequency)} in the passage`] : []),
    ...(reason.inHeading ? ["in its heading"] : []),
    ...(reason.inTitle ? ["in the title of the document"] : []),
    `${rarity(reason.passages, all)}: in ${number(reason.passages)} of ${count(all, "passage")}`,
  ];
}

/** Words that differ by more than capital letters, each as it is written first. */
export function distinct(words: readonly string[]): string[] {
  const seen = new Map([...words].reverse().map((word) => [word.toLowerCase(), word]));
  return words.filter((word) => seen.get(word.toLowerCase()) === word);
}
