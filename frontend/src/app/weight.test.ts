import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

interface Piece {
  file: string;
  imports?: string[];
  isEntry?: boolean;
  isDynamicEntry?: boolean;
}

/** What the build says of its files, by their source. */
const pieces: Record<string, Piece> = JSON.parse(readFileSync("dist/manifest.json", "utf8"));

/** A piece with all that it imports. */
function closure(name: string, into = new Set<string>()): Set<string> {
  if (!into.has(name)) {
    into.add(name);
    for (const imported of pieces[name]?.imports ?? []) closure(imported, into);
  }
  return into;
}

/** Kilobytes of scripts as they are sent to a secure address. */
const weight = (names: Iterable<string>) =>
  [...names].reduce((sum, name) => sum + readFileSync(`dist/${pieces[name]?.file}.br`).length, 0) / 1000;

it("the entry and each screen are no heavier than their budgets", () => {
  const entry = Object.keys(pieces).filter((name) => pieces[name]?.isEntry);
  expect(entry).toHaveLength(1);
  const first = closure(entry[0] as string);
  expect(weight(first)).toBeLessThanOrEqual(110);
  const screens = Object.keys(pieces).filter((name) => pieces[name]?.isDynamicEntry);
  expect(screens.length).toBeGreaterThan(10);
  for (const screen of screens) {
    expect(weight(closure(screen, new Set(first))), screen).toBeLessThanOrEqual(210);
  }
});
