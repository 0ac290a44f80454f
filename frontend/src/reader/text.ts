import { Page, type Piece } from "../anchor/page";
import type { Block, Chunk, Edition, PageStart, Provision } from "./edition";
import { indexAt, path } from "./edition";

/** A version's text in the DOM. */
export interface Sheet {
  root: HTMLElement;
  page: Page;
  /** The element of each block: its textContent is exactly that stretch of the text. */
  blocks: HTMLElement[];
  chunks: HTMLElement[];
}

/**
 * Builds the text outside React, which would be slower and could only lose by touching it again. `width` is
 * that of the column in pixels and serves to guess the height of the chunks, which are styled and laid out only
 * near the window.
 */
export function buildSheet(edition: Edition, width: number): Sheet {
  const root = element("div", "sheet");
  root.lang = edition.version.language;
  root.dir = "auto";
  const pieces: Piece[] = [];
  const blocks: HTMLElement[] = [];
  const chunks = edition.chunks.map((chunk) => {
    const holder = element("div", "chunk");
    if (chunk.headings > 0) holder.append(heading(edition, chunk, pieces, blocks));
    for (const block of edition.blocks.slice(chunk.from + chunk.headings, chunk.to)) {
      const paragraph = blockElement("p", edition, block);
      if (block.indent > 0) paragraph.classList.add(`in${Math.min(block.indent, 4)}`);
      write(edition.pages, paragraph, textOf(edition, block), block.start, pieces);
      blocks.push(paragraph);
      holder.append(paragraph);
    }
    holder.style.containIntrinsicBlockSize = `auto ${Math.round(heightOf(edition, chunk, width))}px`;
    root.append(holder);
    return holder;
  });
  return { root, page: new Page(edition.text, pieces), blocks, chunks };
}

function heading(edition: Edition, chunk: Chunk, pieces: Piece[], blocks: HTMLElement[]): HTMLElement {
  const own = edition.blocks.slice(chunk.from, chunk.from + chunk.headings);
  const index = own[0]?.provision ?? 0;
  const provision = edition.provisions[index] as Provision;
  const level = Math.min(6, 1 + path(edition.provisions, index).length);
  const title = element(`h${level}`, `title ${provision.kind}`);
  // The page that begins with a heading is no part of what the heading is called.
  const inside = edition.pages.filter((page) => page.start !== chunk.start);
  own.forEach((block, at) => {
    const line = blockElement("span", edition, block);
    for (const part of headingParts(textOf(edition, block), provision, at === 0)) {
      const span = element("span", part.role);
      write(inside, span, part.text, block.start + part.start, pieces);
      line.append(span);
    }
    blocks.push(line);
    title.append(line);
  });
  const head = element("div", "head");
  for (const page of edition.pages) if (page.start === chunk.start) head.append(pageBreak(page.name));
  head.append(title, actions(provision));
  return head;
}

interface Part {
  role: "number" | "joint" | "name";
  text: string;
  start: number;
}

/** Cuts "Article 9 – Offences" into its number, what joins them, and its name. */
function headingParts(text: string, provision: Provision, first: boolean): Part[] {
  const name = provision.heading ?? "";
  if (first && name !== "" && text.length > name.length && text.endsWith(name)) {
    const before = text.slice(0, text.length - name.length);
    const number = before.replace(/[\s.:–—-]+$/u, "");
    return [
      { role: "number", text: number, start: 0 },
      { role: "joint", text: before.slice(number.length), start: number.length },
      { role: "name", text: name, start: before.length },
    ].filter((part): part is Part => part.text !== "");
  }
  const numbered = first && text !== name && provision.number !== undefined && text.length < 40;
  return [{ role: numbered ? "number" : "name", text, start: 0 }];
}

function actions(provision: Provision): HTMLElement {
  const bar = element("div", "actions noprint");
  for (const [action, sign, name] of [
    ["link", "¶ link", "Copy a link to"],
    ["cite", "❝ cite", "Copy the citation of"],
    ["pin", "⇄ pin", "Pin to compare:"],
  ] as const) {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.action = action;
    button.dataset.provision = provision.id;
    button.setAttribute("aria-label", `${name} ${provision.pinpoint}`);
    button.textContent = sign;
    bar.append(button);
  }
  return bar;
}

const lineHeight = 30.24;
const paragraphGap = 13;
const headingHeight = 55;

/** About how high a chunk is, in pixels. */
function heightOf(edition: Edition, chunk: Chunk, width: number): number {
  let height = chunk.headings > 0 ? headingHeight : 0;
  for (const block of edition.blocks.slice(chunk.from + chunk.headings, chunk.to)) {
    const perLine = Math.max(20, (width - 36 * block.indent) / 8.6);
    height += Math.ceil((block.end - block.start) / perLine) * lineHeight + paragraphGap;
  }
  return height;
}

function blockElement(tag: string, edition: Edition, block: Block): HTMLElement {
  const result = element(tag, "block");
  result.dataset.start = String(edition.offsets.points(block.start));
  return result;
}

function textOf(edition: Edition, block: Block): string {
  return edition.text.slice(block.start, block.end);
}

/** Writes a stretch of the text, which begins at a unit, with the marks of the pages that begin in it. */
function write(pages: PageStart[], parent: HTMLElement, text: string, start: number, pieces: Piece[]): void {
  let from = start;
  const until = (end: number) => {
    if (end > from) pieces.push({ node: leaf(parent, text.slice(from - start, end - start)), start: from });
    from = end;
  };
  for (let index = firstFrom(pages, start); index < pages.length; index++) {
    const page = pages[index] as PageStart;
    if (page.start >= start + text.length) break;
    until(page.start);
    parent.append(pageBreak(page.name));
  }
  until(start + text.length);
}

/** The index of the first page that begins at or after a unit. */
function firstFrom(pages: PageStart[], unit: number): number {
  const index = indexAt(pages, unit);
  return (pages[index]?.start ?? unit) < unit ? index + 1 : index;
}

/** The mark of a page. Its number is no part of the text, so the style sheet shows it. */
function pageBreak(name: string): HTMLElement {
  const mark = element("span", "pagebreak");
  mark.dataset.page = name;
  return mark;
}

function leaf(parent: HTMLElement, text: string): Text {
  const node = document.createTextNode(text);
  parent.append(node);
  return node;
}

function element(tag: string, name: string): HTMLElement {
  const result = document.createElement(tag);
  result.className = name;
  return result;
}
