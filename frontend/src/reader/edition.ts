import { Offsets, type Span } from "../anchor/offsets";
import { Anchorage } from "../anchor/selectors";
import type { Schemas } from "../api/client";

export type Version = Schemas["Version"];
export type Annotation = Schemas["Annotation"];

/** A block of the text, in units. */
export interface Block extends Span {
  provision: number;
  heading: boolean;
  indent: number;
}

/** A provision, in units. */
export type Provision = Schemas["Provision"];

/** The kinds of provision that are articles or stand in their place. */
export const articleLike: ReadonlySet<string> = new Set([
  "article",
  "regulation",
  "rule",
  "standard",
  "principle",
  "guideline",
]);

/** A heading with the blocks below it, or a run of blocks: what is laid out and watched as one. */
export interface Chunk extends Span {
  /** Index of the first block, and of the first block after the last. */
  from: number;
  to: number;
  /** How many of them, at the beginning, are the heading. */
  headings: number;
}

/** From `start` on, in units, the text stands on the page of this name. */
export interface PageStart {
  start: number;
  name: string;
}

/** A version ready for the screen: every offset is in units of its text. */
export interface Edition {
  version: Version;
  text: string;
  offsets: Offsets;
  anchorage: Anchorage;
  blocks: Block[];
  provisions: Provision[];
  chunks: Chunk[];
  /** None if the source has no pages. */
  pages: PageStart[];
}

export function edition(version: Version): Edition {
  const offsets = new Offsets(version.text);
  const span = ({ start, end }: Span) => ({ start: offsets.units(start), end: offsets.units(end) });
  const blocks = version.blocks.map((block) => ({
    ...span(block),
    provision: block.provision,
    heading: block.heading ?? false,
    indent: block.indent ?? 0,
  }));
  return {
    version,
    text: version.text,
    offsets,
    anchorage: new Anchorage(version.text, offsets),
    blocks,
    provisions: version.provisions.map((provision) => ({ ...provision, ...span(provision) })),
    chunks: chunks(blocks),
    pages: version.pages.map(({ start, name }) => ({ start: offsets.units(start), name })),
  };
}

const mostBlocks = 24;
const mostUnits = 6000;

function chunks(blocks: Block[]): Chunk[] {
  const result: Chunk[] = [];
  let open: Chunk | undefined;
  blocks.forEach((block, index) => {
    const before = blocks[index - 1];
    const joinsHeading = before?.heading === true && before.provision === block.provision;
    const full = open && (index - open.from >= mostBlocks || block.end - open.start > mostUnits);
    if (!open || (block.heading && !joinsHeading) || (full && !before?.heading)) {
      open = { from: index, to: index, headings: 0, start: block.start, end: block.end };
      result.push(open);
    }
    open.to = index + 1;
    open.end = block.end;
    if (block.heading) open.headings++;
  });
  return result;
}

/** The index of the last item that begins at or before the unit; 0 before the first. */
export function indexAt(items: { start: number }[], unit: number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((items[middle] as { start: number }).start <= unit) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}

/** The index of the provision that an address names, by its id or as its Akoma Ntoso source does; -1 if none is. */
export function provisionAt({ provisions }: Edition, at: string): number {
  const index = provisions.findIndex(({ id }) => id === at);
  return index >= 0 ? index : provisions.findIndex(({ eId }) => eId === at);
}

/** The names of the first and the last page that a span stands on; none if the source has no pages. */
export function pagesOf(pages: PageStart[], span: Span): string[] {
  const first = pages[indexAt(pages, span.start)]?.name;
  const last = pages[indexAt(pages, Math.max(span.start, span.end - 1))]?.name;
  if (first === undefined || last === undefined) return [];
  return first === last ? [first] : [first, last];
}

/** The indexes of a provision and of those around it, outermost first. */
export function path(provisions: Provision[], index: number): number[] {
  const result: number[] = [];
  for (let at = index; at >= 0; at = provisions[at]?.parent ?? -1) result.unshift(at);
  return result;
}

/** The innermost provision, at or above the given one, that holds the whole span; -1 if none does. */
export function holder(provisions: Provision[], index: number, span: Span): number {
  let at = index;
  for (let held = provisions[at]; held; held = provisions[at]) {
    if (held.start <= span.start && span.end <= held.end) return at;
    at = held.parent;
  }
  return -1;
}
