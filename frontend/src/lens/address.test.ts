import { describe, expect, test } from "vitest";
import { and, exportAddress, groupQuery, readLens, scope, searchIn, searchNear } from "./address";

describe("the address of the lens", () => {
  test("keeps what is valid and not at its default", () => {
    expect(
      readLens({
        q: ' "information security" ',
        a: 'org:"Union of Ports"',
        window: "8",
        digests: "out",
        order: "near-b",
        sort: "right",
        kind: "treaty",
        view: "concordance",
        page: "3",
      }),
    ).toEqual({
      q: '"information security"',
      a: 'org:"Union of Ports"',
      window: 8,
      digests: "out",
      order: "near-b",
      sort: "right",
      kind: ["treaty"],
    });
    expect(readLens({ window: "5", order: "a", sort: "document", words: "few" })).toEqual({});
    expect(readLens({ window: "500" })).toEqual({});
  });

  test("the second group is what the first leaves", () => {
    expect(groupQuery({}, "a")).toBe("");
    expect(groupQuery({}, "b")).toBe("");
    expect(groupQuery({ a: "kind:treaty" }, "b")).toBe("NOT (kind:treaty)");
    expect(groupQuery({ a: "kind:treaty", b: "year:2010.." }, "b")).toBe("year:2010..");
  });

  test("digests are left out by the query", () => {
    expect(scope({ q: "lantern OR buoy", digests: "out", a: "kind:treaty" })).toEqual({
      q: "(lantern OR buoy) NOT has:digest",
    });
    expect(scope({ digests: "out" })).toEqual({ q: "NOT has:digest" });
  });

  test("its searches find what its figures count", () => {
    const address = { q: '"safe harbour"', a: 'org:"A" OR org:"B"', kind: ["treaty"], window: 3 };
    expect(searchIn(address, "a", { org: ["A"] })).toEqual({
      q: '"safe harbour" (org:"A" OR org:"B")',
      kind: ["treaty"],
      org: ["A"],
    });
    expect(searchNear(address, "b", "buoy").q).toBe(
      '("safe harbour" NEAR/3 "buoy") NOT (org:"A" OR org:"B")',
    );
    expect(searchNear({ q: "safe harbour" }, "a", "buoy").q).toBe('(safe harbour) "buoy"');
  });

  test.each([
    [undefined, "b", "b"],
    ["a", "", "a"],
    ["a", "kind:treaty", "a kind:treaty"],
    ["a b", 'org:"x y" kind:"z"', '(a b) (org:"x y" kind:"z")'],
    ["a", "NOT (b)", "a NOT (b)"],
  ])("%s and %s", (first, second, both) => {
    expect(and(first, second)).toBe(both);
  });

  test("the export is asked the same", () => {
    expect(exportAddress({ q: "buoy", a: "kind:treaty", words: "all", order: "b" }, "csv")).toBe(
      "/api/lens/export?q=buoy&a=kind%3Atreaty&stopwords=true&format=csv",
    );
  });
});
