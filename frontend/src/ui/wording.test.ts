import { describe, expect, test } from "vitest";
import { folded, isChanged, linesOf, type Piece } from "./Wording";

const piece = (text: string, state: Piece["state"] = "kept", line = false): Piece => ({ text, state, line });

describe("wording", () => {
  test("pieces are cut where lines begin", () => {
    const lines = linesOf([piece("a", "kept", true), piece(" b", "inserted"), piece("c", "kept", true)]);
    expect(lines.map((line) => line.map(({ text }) => text).join(""))).toEqual(["a b", "c"]);
    expect(lines.map(isChanged)).toEqual([true, false]);
  });

  test("runs of unchanged lines stand together, the heading alone", () => {
    const line = (state: Piece["state"]) => [piece("x", state, true)];
    const runs = folded([
      line("kept"),
      line("kept"),
      line("kept"),
      line("inserted"),
      line("deleted"),
      line("kept"),
    ]);
    expect(runs.map((run) => run.length)).toEqual([1, 2, 2, 1]);
  });
});
