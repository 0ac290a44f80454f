import { describe, expect, it } from "vitest";
import type { Mark } from "./outline";
import { barsOf } from "./Strip";

const mark = (start: number, family: number) => ({ start, end: start + 5, family }) as Mark;

describe("barsOf", () => {
  it("draws one annotation as one tick", () => {
    expect([...barsOf([mark(500, 2)], 1000)]).toEqual([[2, "M24 500h19"]]);
  });
  it("draws the longer a tick the more annotations begin there, its families side by side", () => {
    const four = [mark(0, 1), mark(0, 3), mark(0, 3), mark(0, 1)];
    expect([...barsOf([...four, mark(500, 3)], 1000)]).toEqual([
      [1, "M24 0h9.5"],
      [3, "M33.5 0h9.5M24 500h9"],
    ]);
  });
});
