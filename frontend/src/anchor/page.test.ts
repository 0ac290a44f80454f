import { describe, expect, it } from "vitest";
import { Page, type Piece } from "./page";

const text = "Article 1\nFirst paragraph 😀 here.\nSecond.";

function show(): { page: Page; blocks: HTMLElement[] } {
  const blocks: HTMLElement[] = [];
  const pieces: Piece[] = [];
  let start = 0;
  document.body.replaceChildren();
  for (const line of text.split("\n")) {
    const block = document.createElement("p");
    block.textContent = line;
    pieces.push({ node: block.firstChild as Text, start });
    blocks.push(block);
    const button = document.createElement("button");
    button.textContent = "cite";
    document.body.append(block, button);
    start += line.length + 1;
  }
  return { page: new Page(text, pieces), blocks };
}

function range(start: [Node, number], end: [Node, number]): Range {
  const result = document.createRange();
  result.setStart(...start);
  result.setEnd(...end);
  return result;
}

const words = (page: Page, of: Range) => {
  const span = page.span(of);
  return span && text.slice(span.start, span.end);
};

describe("Page", () => {
  it("keeps every place when spans are put into elements", () => {
    const { page, blocks } = show();
    const spans = [
      { start: 0, end: 7 }, // begins a block
      { start: 8, end: 9 }, // ends one
      { start: 9, end: 12 }, // over two: left out
      { start: 16, end: 25 }, // within one
      { start: 35, end: 42 }, // a whole one
    ];
    page.wrap(spans, () => document.createElement("a"));
    const links = [...document.querySelectorAll("a")].map((link) => link.textContent);
    expect(links).toEqual(["Article", "1", "paragraph", "Second."]);
    expect(blocks.map((block) => block.textContent).join("\n")).toBe(text);
    for (let start = 0; start < text.length; start++) {
      for (let end = start + 1; end <= text.length; end++) {
        const made = page.live({ start, end });
        const wanted = text.slice(start, end).trim();
        expect(made ? (words(page, made)?.trim() ?? "") : "").toBe(wanted);
      }
    }
  });

  it("makes a range for every span and reads it back", () => {
    const { page } = show();
    for (let start = 0; start < text.length; start++) {
      for (let end = start + 1; end <= text.length; end++) {
        const made = page.live({ start, end });
        const wanted = text.slice(start, end).trim();
        expect(made && words(page, made)).toBe(wanted === "" ? null : wanted);
      }
    }
  });
  it("ends a triple click with its paragraph", () => {
    const { page, blocks } = show();
    const [heading, first, second] = blocks as [HTMLElement, HTMLElement, HTMLElement];
    expect(words(page, range([heading.firstChild as Text, 0], [first, 0]))).toBe("Article 1");
    expect(words(page, range([first.firstChild as Text, 0], [second.firstChild as Text, 0]))).toBe(
      "First paragraph 😀 here.",
    );
  });
  it("reads what lies around and between its text", () => {
    const { page, blocks } = show();
    const last = document.body.childNodes.length;
    expect(words(page, range([document.body, 0], [document.body, last]))).toBe(text);
    const button = document.body.children[1]?.firstChild as Text;
    expect(words(page, range([button, 1], [blocks[1]?.firstChild as Text, 5]))).toBe("First");
    expect(words(page, range([button, 0], [button, 4]))).toBeNull();
  });
  it("gives no range where it shows nothing", () => {
    const { page } = show();
    expect(page.range({ start: 9, end: 10 })).toBeNull();
    expect(new Page("", []).range({ start: 0, end: 0 })).toBeNull();
  });
});
