import { describe, expect, it } from "vitest";
import { choices, dayOf, isOn, passes } from "./filter";
import { annotationOn, versionOf } from "./testing";

const version = versionOf([["art1", "Article 1 – Scope"]]);
const scope = { id: "c1", label: "Scope", family: 3 };
const oil = { id: "c2", label: "Oil", family: 4 };
const ben = { id: "u2", name: "Ben" };
const noon = new Date(2026, 10, 26, 12).getTime();
const tagged = annotationOn(version, 0, 7, { concepts: [oil, scope], created: noon });
const noted = annotationOn(version, 0, 7, { creator: ben, created: noon - 86_400_000 });

describe("filter", () => {
  it.each([
    [{}, [true, true]],
    [{ concept: "c1" }, [true, false]],
    [{ by: "u2" }, [false, true]],
    [{ concept: "c1", by: "u2" }, [false, false]],
    [{ from: "2026-11-26" }, [true, false]],
    [{ to: "2026-11-25" }, [false, true]],
    [{ from: "2026-11-25", to: "2026-11-26" }, [true, true]],
  ])("%j lets through %j", (filter, expected) => {
    expect([tagged, noted].map((one) => passes(filter, one))).toEqual(expected);
    expect(isOn(filter)).toBe(Object.keys(filter).length > 0);
  });
  it("counts days in the reader's own time", () => {
    expect(dayOf(noon)).toBe("2026-11-26");
  });
  it("offers what there is, the most frequent first", () => {
    const offered = choices([tagged, noted, annotationOn(version, 0, 7, { concepts: [scope] })]);
    expect(offered.concepts.map(({ name, count }) => [name, count])).toEqual([
      ["Scope", 2],
      ["Oil", 1],
    ]);
    expect(offered.people.map(({ name, count }) => [name, count])).toEqual([
      ["Ana", 2],
      ["Ben", 1],
    ]);
  });
});
