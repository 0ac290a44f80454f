import { describe, expect, it } from "vitest";
import type { Mark } from "./outline";
import { overlaps } from "./overlaps";

const mark = (start: number, end: number, family: number) => ({ start, end, family }) as Mark;

describe("overlaps", () => {
  it.each([
    ["none", [mark(0, 5, 1), mark(5, 9, 2)], []],
    [
      "one inside of the other: the shorter is the innermost",
      [mark(0, 20, 1), mark(5, 9, 2)],
      [{ start: 5, end: 9, inner: 2, outer: 1 }],
    ],
    ["one after the other", [mark(0, 10, 1), mark(6, 30, 2)], [{ start: 6, end: 10, inner: 1, outer: 2 }]],
    ["the same place twice", [mark(3, 8, 1), mark(3, 8, 2)], [{ start: 3, end: 8, inner: 1, outer: 2 }]],
    [
      "three deep, with a gap behind",
      [mark(0, 20, 1), mark(2, 12, 2), mark(4, 6, 3), mark(40, 50, 4)],
      [
        { start: 2, end: 4, inner: 2, outer: 1 },
        { start: 4, end: 6, inner: 3, outer: 2 },
        { start: 6, end: 12, inner: 2, outer: 1 },
      ],
    ],
  ])("%s", (_, marks, expected) => {
    expect(overlaps(marks)).toEqual(expected);
  });
});
