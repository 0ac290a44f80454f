import { describe, expect, it } from "vitest";
import { edition } from "./edition";
import { versionOf } from "./testing";
import { buildSheet } from "./text";

const version = versionOf([
  ["ch1", "Chapter I – Words and 😀 things"],
  ["art1", "Article 1 – Scope"],
  ["art1.1", "1. The first  paragraph, with 𝔸 and <b>no markup</b> & two blanks."],
  ["art1.1.a", "(a) a point;", 1],
  ["art1.1.b", "(b) another\ttabbed point.", 2],
  ["art2", "Article 2"],
  ["art2", "Without a name."],
  ...Array.from({ length: 60 }, (_, at): [string, string] => [
    `para${at + 3}`,
    `${at + 3}. Passage 𝕏 ${at}.`,
  ]),
]);

describe("buildSheet", () => {
  const made = edition(version);
  const { root, blocks, chunks, page } = buildSheet(made, 600);
  const points = [...version.text];

  it("shows in each block exactly its stretch of the text", () => {
    expect(blocks.map((block) => block.textContent)).toEqual(
      version.blocks.map(({ start, end }) => points.slice(start, end).join("")),
    );
    expect(blocks.map((block) => Number(block.dataset.start))).toEqual(
      version.blocks.map(({ start }) => start),
    );
  });
  it("has the blocks in the document in the order of the text, each once", () => {
    expect([...root.querySelectorAll(".block")]).toEqual(blocks);
  });
  it("makes headings of headings, by their depth, and paragraphs of the rest", () => {
    expect(
      [...root.querySelectorAll("h2, h3")].map((heading) => [heading.tagName, heading.textContent]),
    ).toEqual([
      ["H2", "Chapter I – Words and 😀 things"],
      ["H3", "Article 1 – Scope"],
      ["H3", "Article 2"],
    ]);
    expect(root.querySelectorAll("p").length).toBe(version.blocks.length - 3);
  });
  it("leaves headings out of what may be skipped", () => {
    expect(root.querySelectorAll(".body h2, .body h3").length).toBe(0);
  });
  it("cuts long runs into chunks that hold every block once", () => {
    expect(chunks.length).toBe(made.chunks.length);
    expect(Math.max(...made.chunks.map(({ from, to }) => to - from))).toBeLessThanOrEqual(24);
    expect(
      made.chunks.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, at) => from + at)),
    ).toEqual(version.blocks.map((_, at) => at));
  });
  it("gives ranges over several blocks, headings with several parts among them", () => {
    document.body.replaceChildren(root);
    const from = version.text.indexOf("Scope");
    const to = version.text.indexOf("another") + 7;
    const range = page.live({ start: from, end: to });
    expect(range && page.span(range)).toEqual({ start: from, end: to });
    for (let at = 0; at < version.text.indexOf("Without"); at++) {
      const one = page.live({ start: at, end: at + 1 });
      expect(one === null || one.toString() === version.text[at]).toBe(true);
    }
  });
});
