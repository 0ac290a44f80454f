import { describe, expect, it } from "vitest";
import { wordDifference } from "./wordDifference";

describe("wordDifference", () => {
  it.each([
    ["the same", "a b", "a b", [["kept", "a b"]]],
    ["a new text", "", "a b", [["inserted", "a b"]]],
    [
      "a word in the middle",
      "oil is dear",
      "oil was dear",
      [
        ["kept", "oil "],
        ["deleted", "is "],
        ["inserted", "was "],
        ["kept", "dear"],
      ],
    ],
    [
      "a line more",
      "a\n",
      "a\nb",
      [
        ["kept", "a\n"],
        ["inserted", "b"],
      ],
    ],
    ["nothing left", "a", "", [["deleted", "a"]]],
  ])("%s", (_, before, after, expected) => {
    const pieces = wordDifference(before, after);
    expect(pieces.map(({ state, text }) => [state, text])).toEqual(expected);
    expect(
      pieces
        .filter(({ state }) => state !== "deleted")
        .map(({ text }) => text)
        .join(""),
    ).toBe(after);
  });
});
