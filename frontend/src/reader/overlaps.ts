import type { Span } from "../anchor/offsets";
import type { Mark } from "./outline";

/** A stretch that several annotations cover. */
export interface Overlap extends Span {
  /** The family of the innermost of them, which is the shortest. */
  inner: number;
  /** The family of the next one out. */
  outer: number;
}

/** Where annotations cover one another, in the order of the text. The marks are in the order of the text. */
export function overlaps(marks: Mark[]): Overlap[] {
  const found: Overlap[] = [];
  let open: Mark[] = [];
  let at = 0;
  const until = (end: number) => {
    while (open.length > 0 && at < end) {
      const next = Math.min(end, ...open.map((mark) => mark.end));
      if (open.length > 1 && next > at) add(found, { start: at, end: next, ...families(open) });
      at = next;
      open = open.filter((mark) => mark.end > at);
    }
  };
  for (const mark of marks) {
    until(mark.start);
    at = mark.start;
    open.push(mark);
  }
  until(Number.POSITIVE_INFINITY);
  return found;
}

function families(open: Mark[]): { inner: number; outer: number } {
  const [inner, outer] = [...open].sort((a, b) => a.end - a.start - (b.end - b.start));
  return { inner: inner?.family ?? 0, outer: outer?.family ?? 0 };
}

function add(found: Overlap[], overlap: Overlap): void {
  const last = found.at(-1);
  const goesOn = last?.end === overlap.start && last.inner === overlap.inner && last.outer === overlap.outer;
  if (last && goesOn) last.end = overlap.end;
  else found.push(overlap);
}
