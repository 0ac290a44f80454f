import { describe, expect, it } from "vitest";
import { edition, holder, indexAt, path, provisionAt } from "./edition";
import { covering, type Entry, marks, outline, tally } from "./outline";
import { annotationOn, versionOf } from "./testing";

const version = versionOf([
  ["ch1", "Chapter I – Beginnings 😀"],
  ["art1", "Article 1 – Scope"],
  ["art1.1", "1. This is the scope."],
  ["art1.1.a", "(a) and a point of it.", 1],
  ["art2", "Article 2 – Terms"],
  ["art2.1", "1. These are the terms."],
  ["ch2", "Chapter II – Endings"],
  ["para3", "3. A numbered paragraph that reads on its own."],
]);
const made = edition(version);

const names = (entries: Entry[]): unknown[] =>
  entries.map((entry) => [entry.number, entry.name, names(entry.children)]);

describe("outline", () => {
  it("holds passages and what is around them, and nothing inside of them", () => {
    expect(names(outline(made))).toEqual([
      [
        "",
        "Chapter I – Beginnings 😀",
        [
          ["1", "Scope", []],
          ["2", "Terms", []],
        ],
      ],
      ["", "Chapter II – Endings", [["3", "A numbered paragraph that reads on its own.", []]]],
    ]);
  });
  it("shows what stands in the place of articles as it does these", () => {
    const rules = versionOf([["art1", "Regulation 1 – Scope"]]);
    for (const provision of rules.provisions) provision.kind = "regulation";
    expect(names(outline(edition(rules)))).toEqual([["1", "Scope", []]]);
  });
  it("calls a paragraph with a heading by all of it", () => {
    const speech = versionOf([["para1", "Oil is dear."]]);
    for (const provision of speech.provisions) provision.heading = "Mr. Wick";
    expect(names(outline(edition(speech)))).toEqual([["1", "Mr. Wick", []]]);
  });
});

describe("places", () => {
  it("finds the innermost provision that holds a span", () => {
    const point = made.provisions.findIndex(({ id }) => id === "art1.1.a");
    const at = made.text.indexOf("point");
    const id = (end: number) => made.provisions[holder(made.provisions, point, { start: at, end })]?.id;
    expect(id(at + 5)).toBe("art1.1.a");
    expect(id(made.text.indexOf("Terms"))).toBe("ch1");
    expect(id(made.text.length)).toBeUndefined();
  });
  it("finds the way down to a provision", () => {
    const point = made.provisions.findIndex(({ id }) => id === "art1.1.a");
    expect(path(made.provisions, point).map((at) => made.provisions[at]?.id)).toEqual([
      "ch1",
      "art1",
      "art1.1",
      "art1.1.a",
    ]);
  });
  it("finds the block at a unit, also in the gap after it", () => {
    const first = made.blocks[0] as { start: number; end: number };
    expect(indexAt(made.blocks, 0)).toBe(0);
    expect(indexAt(made.blocks, first.end)).toBe(0);
    expect(indexAt(made.blocks, first.end + 1)).toBe(1);
  });
});

describe("marks", () => {
  const points = (words: string) => {
    const start = [...version.text.slice(0, version.text.indexOf(words))].length;
    return [start, start + [...words].length] as const;
  };
  const scope = annotationOn(version, ...points("the scope"), {
    concepts: [{ id: "c1", label: "Scope", family: 3 }],
  });
  const wide = annotationOn(version, ...points("This is the scope."));
  const gone = annotationOn(version, 0, 7, {
    placement: {
      version: "v1",
      state: "lost",
      target: { ...wide.target, start: 0, end: 0, exact: "" },
      passage: "",
    },
  });
  const adrift = annotationOn(version, ...points("the terms"));
  adrift.placement = { ...adrift.placement, target: { ...adrift.target, start: 3, end: 12 } };
  const unknown = annotationOn(version, 2, 9);
  unknown.placement = { ...unknown.placement, target: { ...unknown.target, exact: "nowhere" } };
  const all = marks(made, [adrift, gone, scope, unknown, wide]);

  it("stand in the order of the text, in units, without what has no place", () => {
    expect(all.map(({ annotation, start, end }) => [annotation.id, made.text.slice(start, end)])).toEqual([
      [wide.id, "This is the scope."],
      [scope.id, "the scope"],
      [adrift.id, "the terms"],
    ]);
    expect(all.map(({ family }) => family)).toEqual([7, 3, 7]);
  });
  it("are all found where they overlap, the shortest first", () => {
    expect(covering(all, made.text.indexOf("scope.")).map(({ annotation }) => annotation.id)).toEqual([
      scope.id,
      wide.id,
    ]);
    expect(covering(all, made.text.indexOf("scope.") + 5).map(({ annotation }) => annotation.id)).toEqual([
      wide.id,
    ]);
    expect(covering(all, 0)).toEqual([]);
  });
  it("are counted with the hits of an entry", () => {
    const [chapter, second] = outline(made) as [Entry, Entry];
    const at = made.text.indexOf("scope");
    const hits = [
      { start: at, end: at + 5 },
      { start: at + 9, end: at + 12 },
    ];
    expect(tally(chapter, hits, all)).toEqual({ hits: 2, annotations: 3, families: [3, 7] });
    expect(tally(second, hits, all)).toEqual({ hits: 0, annotations: 0, families: [] });
  });
});

describe("provisionAt", () => {
  const named = {
    ...made,
    provisions: made.provisions.map((one) => (one.id === "art2" ? { ...one, eId: "art_2" } : one)),
  };

  it("goes by the id, and by what an Akoma Ntoso source names it", () => {
    expect(provisionAt(named, "art2")).toBe(made.provisions.findIndex(({ id }) => id === "art2"));
    expect(provisionAt(named, "art_2")).toBe(provisionAt(named, "art2"));
    expect(provisionAt(named, "art_9")).toBe(-1);
  });
});
