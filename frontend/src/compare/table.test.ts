import { describe, expect, test } from "vitest";
import { readCompare, withoutSide, withSide } from "./address";
import { type Cell, type Comparison, markdownOf, ownWords, rowDiffers } from "./table";

const cell = (...pieces: [Cell["pieces"][number]["state"], string][]): Cell => ({
  pieces: pieces.map(([state, text]) => ({ state, text, line: false })),
  concepts: [],
});
const none: Cell = { none: true, pieces: [], concepts: [] };
const side = (shortTitle: string, pinpoint: string) =>
  ({
    document: { id: shortTitle, title: shortTitle, shortTitle, year: 2001 },
    pinpoint,
  }) as Comparison["sides"][number];

describe("a comparison", () => {
  const kept = cell(["kept", "The lamp is lit."]);
  const changed = cell(["kept", "The lamp"], ["deleted", " is"], ["inserted", " was"], ["kept", " lit."]);

  test("has the words of each side without those of the baseline", () => {
    expect(ownWords(changed)).toBe("The lamp was lit.");
    expect(rowDiffers([kept, kept])).toBe(false);
    expect(rowDiffers([kept, changed])).toBe(true);
    expect(rowDiffers([kept, none])).toBe(true);
  });

  test("is a table in Markdown", () => {
    const sides = [side("Accord", "art. 1"), side("Pact | new", "art. 2")];
    expect(
      markdownOf(
        {
          sides,
          rows: [
            [kept, changed],
            [cell(["kept", "a*b\nc"]), none],
          ],
        },
        false,
      ),
    ).toBe(
      [
        "| Accord, art. 1 (2001) | Pact \\| new, art. 2 (2001) |",
        "| --- | --- |",
        "| The lamp is lit. | The lamp ~~is~~ **was** lit. |",
        "| a\\*b<br>c | – |",
        "",
      ].join("\n"),
    );
    expect(markdownOf({ sides, rows: [[kept, changed]] }, true)).toContain("| The lamp was lit. |");
  });
});

describe("the address of a comparison", () => {
  test("keeps what is valid", () => {
    expect(readCompare({ p: ["v/a", "w/b", "nothing"], base: "1", show: "plain" })).toEqual({
      p: ["v/a", "w/b"],
      base: 1,
      show: "plain",
    });
    expect(readCompare({ p: "v/a", base: "1", show: "x" })).toEqual({ p: ["v/a"] });
    expect(readCompare({})).toEqual({});
  });

  test("takes sides in and out, and the baseline with them", () => {
    const address = { p: ["v/a", "w/b", "x/c"], base: 2 };
    expect(withSide(address, "y/d").p).toHaveLength(4);
    expect(withSide(address, "v/a")).toBe(address);
    expect(withoutSide(address, "v/a")).toEqual({ p: ["w/b", "x/c"], base: 1 });
    expect(withoutSide(address, "x/c")).toEqual({ p: ["v/a", "w/b"], base: undefined });
    expect(withoutSide({ p: ["v/a"] }, "v/a").p).toBeUndefined();
  });
});
