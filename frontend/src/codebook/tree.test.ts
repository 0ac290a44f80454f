import { expect, test } from "vitest";
import type { Concept } from "./queries";
import { fits, keptWithAbove, rowsOf, stepOf, typedAhead, withBelow } from "./tree";

function concept(id: string, broader = "", more: Partial<Concept> = {}): Concept {
  return {
    id,
    codebook: "starter",
    label: id,
    aliases: [],
    definition: "",
    include: "",
    exclude: "",
    broader,
    family: 1,
    status: "accepted",
    replaced: "",
    examples: [],
    creator: "",
    revision: 1,
    used: 0,
    ...more,
  };
}

const concepts = [
  concept("offences"),
  concept("fraud", "offences", { aliases: ["Phishing"] }),
  concept("access", "offences"),
  concept("war driving", "access"),
  concept("Ärger", "gone"),
];
const shown = (closed: string[] = []) =>
  rowsOf(concepts, new Set(closed)).map((row) => `${"-".repeat(row.level)}${row.concept.id}`);

test("the tree is in order, and what is below a closed concept is left out", () => {
  expect(shown()).toEqual(["-Ärger", "-offences", "--access", "---war driving", "--fraud"]);
  expect(shown(["access"])).toEqual(["-Ärger", "-offences", "--access", "--fraud"]);
  expect(shown(["offences"])).toEqual(["-Ärger", "-offences"]);
  const rows = rowsOf(concepts, new Set());
  expect(rows.map(({ place, siblings, parent }) => [place, siblings, parent])).toEqual([
    [1, 2, false],
    [2, 2, true],
    [1, 2, true],
    [1, 1, false],
    [2, 2, false],
  ]);
});

test("a filter keeps what is above", () => {
  const kept = keptWithAbove(concepts, (one) => fits(one, "wár"));
  expect([...kept].sort()).toEqual(["access", "offences", "war driving"]);
  expect(fits(concept("fraud", "", { aliases: ["Phishing"] }), "phish")).toBe(true);
  expect([...withBelow(concepts, "access")].sort()).toEqual(["access", "war driving"]);
});

test("keys go through the lines and open and close them", () => {
  const rows = rowsOf(concepts, new Set(["access"]));
  expect(stepOf("ArrowDown", rows, 0)).toEqual({ to: 1 });
  expect(stepOf("ArrowDown", rows, 3)).toEqual({ to: 3 });
  expect(stepOf("ArrowUp", rows, 0)).toEqual({ to: 0 });
  expect(stepOf("ArrowRight", rows, 1)).toEqual({ to: 2 });
  expect(stepOf("ArrowRight", rows, 2)).toEqual({ open: "access" });
  expect(stepOf("ArrowLeft", rows, 2)).toEqual({ to: 1 });
  expect(stepOf("ArrowLeft", rows, 1)).toEqual({ close: "offences" });
  expect(stepOf("End", rows, 0)).toEqual({ to: 3 });
  expect(stepOf("x", rows, 0)).toBeNull();
  expect(typedAhead(rows, 0, "f")).toBe(3);
  expect(typedAhead(rows, 0, "a")).toBe(2);
  expect(typedAhead(rows, 2, "a")).toBe(0);
  expect(typedAhead(rows, 0, "zz")).toBe(-1);
});
