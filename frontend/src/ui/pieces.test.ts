import { describe, expect, test } from "vitest";
import { pieces } from "./pieces";

const shown = (text: string, start: number, spans: [number, number][]) =>
  pieces(
    text,
    start,
    spans.map(([from, end]) => ({ start: from, end })),
  ).map((piece) => (piece.marked ? `[${piece.text}]` : piece.text));

describe("pieces", () => {
  test.each<[string, string, number, [number, number][], string[]]>([
    ["no spans", "moral", 0, [], ["moral"]],
    ["a text with nothing in it", "", 7, [[7, 9]], []],
    [
      "a text that begins within its version",
      "on public morals",
      100,
      [[103, 109]],
      ["on ", "[public]", " morals"],
    ],
    [
      "at both ends",
      "ab",
      0,
      [
        [0, 1],
        [1, 2],
      ],
      ["[a]", "[b]"],
    ],
    [
      "out of order and overlapping",
      "abcdef",
      0,
      [
        [3, 5],
        [0, 2],
        [1, 4],
      ],
      ["[abcde]", "f"],
    ],
    [
      "beyond the text",
      "abc",
      10,
      [
        [0, 11],
        [12, 99],
      ],
      ["[a]", "b", "[c]"],
    ],
    [
      "outside of the text",
      "abc",
      10,
      [
        [0, 5],
        [40, 50],
      ],
      ["abc"],
    ],
    ["empty", "abc", 0, [[1, 1]], ["abc"]],
    [
      "beyond the basic plane",
      "𝒙 and 𝒚!",
      5,
      [
        [5, 6],
        [11, 12],
      ],
      ["[𝒙]", " and ", "[𝒚]", "!"],
    ],
  ])("%s", (_, text, start, spans, wanted) => {
    expect(shown(text, start, spans)).toEqual(wanted);
  });

  test("joined are the text", () => {
    const text = "Пространство 🌍 безопасности";
    const joined = pieces(text, 3, [
      { start: 4, end: 9 },
      { start: 16, end: 18 },
    ]);
    expect(joined.map((piece) => piece.text).join("")).toBe(text);
    expect(joined.map((piece) => piece.start)).toEqual([3, 4, 9, 16, 18]);
  });
});
