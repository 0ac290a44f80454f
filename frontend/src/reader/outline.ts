import type { Span } from "../anchor/offsets";
import { type Annotation, articleLike, type Edition, type Provision } from "./edition";

/** An entry of the contents. */
export interface Entry extends Span {
  /** Index into the provisions. */
  index: number;
  id: string;
  number: string;
  name: string;
  children: Entry[];
}

const named = new Set(["part", "title", "chapter", "section", ...articleLike, "preamble", "annex"]);

/** The contents of a version: its passages and what is around them, less unnumbered paragraphs. */
export function outline(edition: Edition): Entry[] {
  const top: Entry[] = [];
  const entries = new Map<number, Entry>();
  const inPassage = new Set<number>();
  edition.provisions.forEach((provision, index) => {
    if (provision.passage || inPassage.has(provision.parent)) inPassage.add(index);
    if (inPassage.has(provision.parent)) return;
    if (!named.has(provision.kind) && !provision.number && !provision.heading) return;
    const entry = entryOf(edition, provision, index);
    entries.set(index, entry);
    (nearest(edition.provisions, entries, provision.parent)?.children ?? top).push(entry);
  });
  return top;
}

function nearest(provisions: Provision[], entries: Map<number, Entry>, parent: number): Entry | undefined {
  for (let at = parent; at >= 0; at = provisions[at]?.parent ?? -1) {
    const entry = entries.get(at);
    if (entry) return entry;
  }
  return undefined;
}

function entryOf(edition: Edition, provision: Provision, index: number): Entry {
  const { id, start, end } = provision;
  const base = { index, id, start, end, children: [] };
  if (articleLike.has(provision.kind) && provision.number && provision.heading) {
    return { ...base, number: provision.number, name: provision.heading };
  }
  if (named.has(provision.kind))
    return { ...base, number: "", name: shortened(provision.label, 3 * longest) };
  const opening = edition.text
    .slice(start, Math.min(end, start + 2 * longest))
    .replace(/^\W*\w{1,6}[.)\]]+\s*/u, "");
  const name = (provision.heading || opening).replace(/\s+/g, " ");
  return { ...base, number: provision.number ?? "", name: shortened(name, longest) };
}

const longest = 70;

function shortened(words: string, most: number): string {
  return words.length <= most ? words : words.slice(0, most).replace(/\s+\S*$/u, "…");
}

/** What stands in an entry: how many hits and annotations, and the colour families of these. */
export interface Tally {
  hits: number;
  annotations: number;
  families: number[];
}

const mostFamilies = 4;

export function tally(entry: Span, hits: Span[], marks: Mark[]): Tally {
  const from = firstFrom(marks, entry.start);
  const to = firstFrom(marks, entry.end);
  const families = new Set<number>();
  for (let at = from; at < to && families.size < mostFamilies; at++) families.add((marks[at] as Mark).family);
  return {
    annotations: new Set(marks.slice(from, to).map((mark) => mark.annotation?.id)).size,
    hits: firstFrom(hits, entry.end) - firstFrom(hits, entry.start),
    families: [...families].sort((a, b) => a - b),
  };
}

/** The index of the first span that begins at or after the unit. */
export function firstFrom(spans: Span[], unit: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle] as Span).start < unit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** An annotation where it stands in the version on the screen, in units. */
export interface Mark extends Span {
  annotation: Annotation;
  family: number;
  /** Which of its stretches this is, the first being 0. */
  nth: number;
}

/** Whether an annotation is about words of the text: not a reply, nor about the whole document. */
export function hasPlace({ replyTo, target }: Annotation): boolean {
  return replyTo === undefined && target.end > 0;
}

/** The family of a note without a concept. */
export const plainFamily = 7;

/**
 * The stretches of the annotations that have a place of their own in the version, in the order of the text. What is
 * drawn is always the quote: where a position does not hold it, it is looked for, and left out if it cannot be found
 * for certain.
 */
export function marks(edition: Edition, annotations: Annotation[]): Mark[] {
  return annotations
    .flatMap((annotation) => {
      const { state, target, more = [] } = annotation.placement;
      if (state === "lost" || !hasPlace(annotation)) return [];
      const family = annotation.concepts[0]?.family ?? plainFamily;
      return [target, ...more].flatMap((one, nth): Mark[] => {
        const span = quoted(edition, one);
        return span ? [{ annotation, family, nth, ...span }] : [];
      });
    })
    .sort((a, b) => a.start - b.start || a.end - b.end);
}

/** Where an annotation stands, in the order of the text. */
export function spansOf(marks: Mark[], id: string): Span[] {
  return marks.filter((mark) => mark.annotation.id === id).map(({ start, end }) => ({ start, end }));
}

function quoted({ offsets, anchorage, text }: Edition, target: Annotation["target"]): Span | null {
  const held = text.startsWith(target.exact, offsets.units(target.start));
  const place = held ? target : anchorage.locate(target);
  return typeof place === "string"
    ? null
    : { start: offsets.units(place.start), end: offsets.units(place.end) };
}

/** The marks that cover the unit, the shortest first. */
export function covering(all: Mark[], unit: number): Mark[] {
  return all
    .filter((mark) => mark.start <= unit && unit < mark.end)
    .sort((a, b) => a.end - a.start - (b.end - b.start));
}

/** The share, 0 to 1, of the passages that have a concept somewhere; 0 if there are no passages. */
export function codedShare({ provisions }: Edition, all: Mark[]): number {
  const coded = all.filter((mark) => mark.annotation.concepts.length > 0);
  const passages = provisions.filter((provision) => provision.passage);
  let ahead = 0;
  let reach = -1;
  const held = passages.filter(({ start, end }) => {
    for (; ahead < coded.length && (coded[ahead] as Mark).start < end; ahead++) {
      reach = Math.max(reach, (coded[ahead] as Mark).end);
    }
    return reach > start;
  });
  return passages.length === 0 ? 0 : held.length / passages.length;
}
