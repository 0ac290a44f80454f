import { describe, expect, test } from "vitest";
import { dropped, type Picks, picked, readGroup, writeGroup } from "./groups";

describe("a group", () => {
  test.each<[Picks, string | undefined]>([
    [{}, undefined],
    [{ org: ["Union of Ports"] }, 'org:"Union of Ports"'],
    [{ org: ["A", 'B "b"'], year: "2010.." }, '(org:"A" OR org:"B \\"b\\"") year:2010..'],
    [{ party: ["FRA"], kind: ["treaty"], year: "..2015" }, 'party:"FRA" kind:"treaty" year:..2015'],
    [{ concept: ["a\\b"], lang: ["en"], year: "2014" }, 'concept:"a\\\\b" lang:"en" year:2014'],
  ])("%j is written and read the same", (picks, query) => {
    expect(writeGroup(picks)).toBe(query);
    expect(readGroup(query)).toEqual(picks);
  });

  test.each([
    "lantern",
    "org:NATO",
    'NOT org:"A"',
    '(org:"A" OR kind:"B")',
    '(org:"A" OR org:"B"',
    'org:"A"kind:"B"',
    'org:"A" org:"B"',
    'year:2010 org:"A"',
  ])("%s is a query of one's own", (query) => {
    expect(readGroup(query)).toBeUndefined();
  });

  test("takes a value and gives it back", () => {
    const one = picked({}, "org", "A");
    expect(picked(one, "org", "A")).toEqual({ org: ["A"] });
    expect(dropped(picked(one, "org", "B"), "org", "A")).toEqual({ org: ["B"] });
    expect(writeGroup(dropped(one, "org", "A"))).toBeUndefined();
  });
});
