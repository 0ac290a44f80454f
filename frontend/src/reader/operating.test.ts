import { describe, expect, it } from "vitest";
import { described, redoable } from "./operating";
import { annotationOn, versionOf } from "./testing";

const done = (id: string, at: number, undone = 0, what = "create", count = 1) => ({
  id,
  at,
  undone,
  what,
  count,
});
const version = versionOf([["art1", "Article 1 – Scope"]]);

describe("redoable", () => {
  it.each([
    ["nothing was undone", [done("b", 2), done("a", 1)], undefined],
    ["what was undone last comes first", [done("b", 2, 5), done("a", 1, 6)], "a"],
    ["something was done since", [done("c", 9), done("b", 2, 5)], undefined],
    ["nothing was done since", [done("c", 4), done("b", 2, 5)], "b"],
  ])("%s", (_, all, expected) => {
    expect(redoable(all)?.id).toBe(expected);
  });
});

describe("described", () => {
  const tagged = annotationOn(version, 0, 7, { concepts: [{ id: "c1", label: "Scope", family: 1 }] });
  it.each([
    [done("a", 1), tagged, "made “Scope” on art. 1"],
    [
      done("a", 1, 0, "delete"),
      annotationOn(version, 0, 7, { replyTo: "x" }),
      "deleted the reply “A note.” on art. 1",
    ],
    [done("a", 1), undefined, "made an annotation of another text"],
    [done("a", 1, 0, "update", 3), tagged, "changed 3 annotations"],
    [done("a", 1, 0, "Tag all hits with Scope", 3), tagged, "Tag all hits with Scope (3 annotations)"],
  ])("%#", (operation, annotation, expected) => {
    expect(described(operation, annotation)).toBe(expected);
  });
});
