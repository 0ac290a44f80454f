import { describe, expect, test } from "vitest";
import { barAt, dragged, everyYear, found, moved, within } from "./brush";

const value = (year: string, passages: number) => ({ value: year, label: year, passages, documents: 1 });
const bars = everyYear([value("2003", 5), value("2000", 2), value("0", 9)]);

describe("a histogram of years", () => {
  test("has a bar for every year between, and none for what has no year", () => {
    expect(bars.map(({ year, passages }) => [year, passages])).toEqual([
      [2000, 2],
      [2001, 0],
      [2002, 0],
      [2003, 5],
    ]);
    expect(everyYear([])).toEqual([]);
  });

  test.each([
    [
      { from: 0, to: 0 },
      { from: 2000, to: 2003 },
    ],
    [
      { from: 2001, to: 0 },
      { from: 2001, to: 2003 },
    ],
    [
      { from: 1900, to: 2050 },
      { from: 2000, to: 2003 },
    ],
    [
      { from: 1900, to: 2000 },
      { from: 2000, to: 2000 },
    ],
  ])("shows of %j what it has: %j", (asked, shown) => {
    expect(within(bars, asked)).toEqual(shown);
  });

  test("counts the passages of a range", () => {
    expect([found(bars, { from: 2000, to: 2003 }), found(bars, { from: 2001, to: 2002 })]).toEqual([7, 0]);
  });

  test.each([
    [-0.2, 2000],
    [0, 2000],
    [0.26, 2001],
    [0.999, 2003],
    [1.5, 2003],
  ])("at %f of its width stands %i", (part, year) => {
    expect(barAt(bars, part)).toBe(year);
  });

  test("is dragged over in either direction", () => {
    expect([dragged(2000, 2002), dragged(2002, 2000)]).toEqual([
      { from: 2000, to: 2002 },
      { from: 2000, to: 2002 },
    ]);
  });

  test.each([
    ["from", "ArrowRight", { from: 2002, to: 2002 }],
    ["from", "ArrowLeft", { from: 2000, to: 2002 }],
    ["from", "PageUp", { from: 2002, to: 2002 }],
    ["from", "End", { from: 2002, to: 2002 }],
    ["from", "Home", { from: 2000, to: 2002 }],
    ["to", "ArrowUp", { from: 2001, to: 2003 }],
    ["to", "PageDown", { from: 2001, to: 2001 }],
    ["to", "End", { from: 2001, to: 2003 }],
    ["to", "x", undefined],
  ] as const)("its end “%s” moves by %s", (end, key, range) => {
    expect(moved(bars, { from: 2001, to: 2002 }, end, key)).toEqual(range);
  });
});
