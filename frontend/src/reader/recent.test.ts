import { beforeEach, describe, expect, it } from "vitest";
import { recentConcepts, rememberConcepts } from "./recent";

const concept = (n: number) => ({ id: `c${n}`, label: `Concept ${n}`, family: n % 8 || 8 });

describe("recent concepts", () => {
  beforeEach(() => localStorage.clear());
  it("begin with the last one used, each once, nine at most", () => {
    for (let n = 1; n <= 11; n++) rememberConcepts([concept(n)]);
    rememberConcepts([concept(5)]);
    expect(recentConcepts().map(({ id }) => id)).toEqual([
      "c5",
      "c11",
      "c10",
      "c9",
      "c8",
      "c7",
      "c6",
      "c4",
      "c3",
    ]);
  });
  it("are none where something else is kept", () => {
    for (const kept of ["no JSON", '{"a": 1}', '[{"id": 7}, null]']) {
      localStorage.setItem("recent-concepts", kept);
      expect(recentConcepts()).toEqual([]);
    }
  });
});
