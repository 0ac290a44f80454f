import { describe, expect, it } from "vitest";
import type { Schemas } from "../api/client";
import { edition, type Provision } from "./edition";
import { References } from "./references";
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
  it("has nothing outside of the chunks, which are skipped while they are far, and guesses the height of each", () => {
    expect([...root.children]).toEqual(chunks);
    for (const chunk of chunks) expect(chunk.style.containIntrinsicBlockSize).toMatch(/^auto [1-9]\d+px$/);
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

describe("pages", () => {
  const plain = versionOf([
    ["art1", "Article 1 – Scope"],
    ["art1", "The 😀 lamps are lit."],
    ["art2", "Article 2 – Oil"],
    ["art2", "Oil is dear."],
  ]);
  const at = (words: string) => [...plain.text.slice(0, plain.text.indexOf(words))].length;
  const made = edition({
    ...plain,
    pages: [
      { start: 0, name: "7" },
      { start: at("lamps"), name: "8" },
      { start: at("Article 2"), name: "9" },
      { start: at("Oil is dear"), name: "10" },
    ],
  });
  const { root, blocks, page } = buildSheet(made, 600);

  it("are marked where they begin, outside the text and the names of headings", () => {
    expect(blocks.map((block) => block.textContent)).toEqual(plain.text.split("\n"));
    const marks = [...root.querySelectorAll(".pagebreak")];
    expect(marks.map((mark) => (mark as HTMLElement).dataset.page)).toEqual(["7", "8", "9", "10"]);
    expect(marks.map((mark) => mark.closest("h2") === null)).toEqual([true, true, true, true]);
    expect(marks[1]?.nextSibling?.textContent).toBe("lamps are lit.");
  });
  it("leave ranges over them whole", () => {
    document.body.replaceChildren(root);
    const from = plain.text.indexOf("The 😀");
    const to = plain.text.indexOf(" are lit");
    expect(String(page.live({ start: from, end: to }))).toBe("The 😀 lamps");
  });
  it("are cited where there is no number to cite", () => {
    const detail = { id: "d", title: "Essay", versions: [] } as unknown as Schemas["DocumentDetail"];
    const references = new References(detail, made);
    const unnumbered = { ...(made.provisions[0] as Provision), number: undefined, pinpoint: "para. 1" };
    expect(references.citation(unnumbered)).toBe("Essay, para. 1, pp. 7–8");
    expect(references.citation(unnumbered, { start: 0, end: 9 })).toBe("Essay, para. 1, p. 7");
    expect(references.citation(made.provisions[0])).toBe("Essay, art1");
  });
});
