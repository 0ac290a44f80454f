import { describe, expect, test } from "vitest";
import { type Difference, runsOf, said } from "./data";

const place = { provision: "art3", pinpoint: "art. 3", label: "Article 3" };

function difference(change: Difference["change"], more: Partial<Difference> = {}): Difference {
  return { change, moved: false, renumbered: false, old: place, new: place, pieces: [], ...more };
}

describe("differences", () => {
  test("what is unchanged is gathered, what differs stands alone", () => {
    const [same, other] = [difference("unchanged"), difference("changed")];
    const moved = difference("unchanged", { moved: true });
    expect(runsOf([same, same, other, other, same, moved, same]).map((run) => run.length)).toEqual([
      2, 1, 1, 1, 1, 1,
    ]);
    expect(runsOf([])).toEqual([]);
  });

  test.each([
    [difference("changed"), "changed"],
    [difference("inserted"), "inserted"],
    [difference("unchanged", { moved: true }), "moved, its words are the same"],
    [difference("changed", { moved: true, renumbered: true }), "changed, moved, renumbered from art. 3"],
    [difference("unchanged"), ""],
  ])("says what happened", (one, words) => {
    expect(said(one)).toBe(words);
  });
});
