import { describe, expect, test } from "vitest";
import { one, positive, readParams, several, writeParams } from "./address";

describe("the address", () => {
  test.each([
    ["", {}],
    ["?q=cyber", { q: "cyber" }],
    ["?kind=treaty&kind=code+of+conduct", { kind: ["treaty", "code of conduct"] }],
    ["?q=%22information+security%22", { q: '"information security"' }],
    ["?q=2014&x=true", { q: "2014", x: "true" }],
  ])("%s is read and written the same", (query, params) => {
    expect(readParams(query)).toEqual(params);
    expect(writeParams(params)).toBe(query);
  });

  test("what is empty is not written", () => {
    expect(writeParams({ q: "", kind: [], page: undefined, sort: null })).toBe("");
  });

  test("one is the first value that is there", () => {
    expect([one(undefined), one(""), one("a"), one(["b", "c"]), one([])]).toEqual([
      undefined,
      undefined,
      "a",
      "b",
      undefined,
    ]);
  });

  test("several are each once", () => {
    expect(several(["a", "b", "a", ""])).toEqual(["a", "b"]);
    expect(several(undefined)).toEqual([]);
  });

  test.each([
    ["3", 3],
    ["0", undefined],
    ["-1", undefined],
    ["1.5", undefined],
    ["x", undefined],
    [undefined, undefined],
  ])("a positive number of %s is %s", (value, number) => {
    expect(positive(value)).toBe(number);
  });
});
