import { describe, expect, test } from "vitest";
import { narrows, readMatrix } from "./address";
import { blocksOf, inView, led, linesOf, said, shade } from "./grid";

const row = (document: string, group?: string) => ({
  document,
  title: document,
  kind: "treaty",
  year: 2001,
  group,
  cells: [1, 0, -1],
  total: 1,
});

describe("the grid", () => {
  const lines = linesOf({ rows: [row("a", "East"), row("b", "East"), row("c", "West")] });
  const shape = { lines, columns: 3, page: 2 };

  test("has a line for each group", () => {
    expect(
      lines.map((line) => (line.kind === "group" ? `${line.name} ${line.count}` : line.row.document)),
    ).toEqual(["East 2", "a", "b", "West 1", "c"]);
    expect(linesOf({ rows: [row("a")] })).toHaveLength(1);
  });

  test.each([
    ["ArrowDown", false, 2, 1],
    ["ArrowUp", false, 1, 1],
    ["ArrowRight", false, 1, 2],
    ["ArrowLeft", false, 1, 0],
    ["Home", false, 1, 0],
    ["End", false, 1, 2],
    ["End", true, 4, 2],
    ["PageDown", false, 2, 1],
    ["PageUp", false, 1, 1],
  ])("%s leads on (with Ctrl: %s)", (key, ctrl, line, column) => {
    expect(led({ line: 1, column: 1 }, key, ctrl, shape)).toEqual({ line, column });
  });

  test("skips the names of groups, and other keys lead nowhere", () => {
    expect(led({ line: 2, column: 0 }, "ArrowDown", false, shape)).toEqual({ line: 4, column: 0 });
    expect(led({ line: 4, column: 0 }, "ArrowUp", false, shape)).toEqual({ line: 2, column: 0 });
    expect(led({ line: 1, column: 0 }, "a", false, shape)).toBeUndefined();
  });

  test("knows what is in view", () => {
    expect(inView(0, 100, 10, 500, 2)).toEqual({ from: 0, to: 12 });
    expect(inView(1000, 100, 10, 105, 2)).toEqual({ from: 98, to: 105 });
    expect(inView(0, 100, 10, 0, 2)).toEqual({ from: 0, to: 0 });
  });

  test("takes whole blocks of columns", () => {
    expect(blocksOf({ from: 3, to: 9 }, 10)).toEqual([
      { from: 0, to: 4 },
      { from: 4, to: 8 },
      { from: 8, to: 10 },
    ]);
    expect(blocksOf({ from: 8, to: 12 }, 100)).toEqual([{ from: 8, to: 12 }]);
    expect(blocksOf({ from: 0, to: 40 }, 0)).toEqual([]);
  });

  test("says and shades its cells", () => {
    expect([said(2, "passages"), said(1, "people"), said(0, "passages"), said(-1, ""), said(-2, "")]).toEqual(
      ["2 passages", "1 person", "read, absent", "not coded", "tagged as a whole"],
    );
    expect(shade(1, 8)).toBeLessThan(shade(8, 8));
    expect(shade(300, 300)).toBeLessThan(70);
  });
});

describe("the address of the matrix", () => {
  test("keeps what is valid", () => {
    const address = {
      q: "lamp",
      kind: ["treaty"],
      value: "people",
      rolled: "true",
      groupBy: "party",
      sort: "k1",
      row: "d",
      column: "k",
    };
    expect(readMatrix(address)).toEqual({ ...address, rolled: true });
    expect(readMatrix({ value: "passages", groupBy: "x", sort: "year", row: "d", rolled: "false" })).toEqual(
      {},
    );
  });

  test("knows whether rows are left out", () => {
    expect(narrows({ q: "lamp" })).toBe(true);
    expect(narrows({ kind: ["treaty"] })).toBe(true);
    expect(narrows({ groupBy: "year", rolled: true, sort: "title" })).toBe(false);
  });
});
