import { describe, expect, it } from "vitest";
import { Offsets, trim } from "./offsets";

const texts = [
  "",
  "plain",
  "a😀b",
  "😀😀x😀",
  "𝔸 mindful 😀 of 🇫🇷 flags",
  "no pair at all\nin two lines",
  "end 😀",
];

describe("Offsets", () => {
  it.each(texts)("counts %j as its characters do", (text) => {
    const offsets = new Offsets(text);
    let unit = 0;
    [...text].forEach((character, point) => {
      expect(offsets.units(point)).toBe(unit);
      expect(offsets.points(unit)).toBe(point);
      if (character.length === 2) expect(offsets.points(unit + 1)).toBe(point);
      unit += character.length;
    });
    expect(offsets.units([...text].length)).toBe(text.length);
    expect(offsets.points(text.length)).toBe([...text].length);
  });
});

describe("trim", () => {
  it("takes blanks and line feeds off both ends", () => {
    expect(trim(" \n two words \n", { start: 0, end: 13 })).toEqual({ start: 3, end: 12 });
  });
  it("gives null when nothing is left", () => {
    expect(trim("a \n b", { start: 1, end: 4 })).toBeNull();
    expect(trim("ab", { start: 1, end: 1 })).toBeNull();
    expect(trim("ab", { start: 2, end: 1 })).toBeNull();
  });
});
