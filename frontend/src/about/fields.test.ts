import { expect, test } from "vitest";
import { differing, inLine, merged, valuesOf } from "./fields";

const read = valuesOf({ id: "a", title: "A", kind: "treaty", parties: ["FRA"] });

test("what a document does not say is empty", () => {
  expect(read.remarks).toBe("");
  expect(read.aliases).toEqual([]);
  expect(read).not.toHaveProperty("id");
});

test("fields differ by what they say", () => {
  expect(differing(read, { ...read, parties: ["FRA"] })).toEqual([]);
  expect(differing(read, { ...read, parties: ["FRA", "DEU"], region: "Europe" })).toEqual([
    "region",
    "parties",
  ]);
});

test("what others wrote is taken where nothing was typed, and contested where something else was", () => {
  const typed = { ...read, title: "Mine", remarks: "Mine too", region: "Europe" };
  const now = { ...read, title: "Theirs", licence: "Theirs", region: "Europe" };
  expect(merged(typed, read, now)).toEqual({
    values: { ...read, title: "Mine", remarks: "Mine too", region: "Europe", licence: "Theirs" },
    contested: ["title"],
  });
});

test("a value in a line", () => {
  expect(inLine([])).toBe("nothing");
  expect(inLine("")).toBe("nothing");
  expect(inLine(["a", "b"])).toBe("a; b");
  expect(inLine(Array.from({ length: 14 }, (_, n) => String(n)))).toMatch(/11 and 2 others$/);
});
