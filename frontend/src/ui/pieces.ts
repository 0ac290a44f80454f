export interface Span {
  start: number;
  end: number;
}

export interface Piece {
  /** Of its first code point, in the coordinates of the spans. */
  start: number;
  text: string;
  marked: boolean;
}

/**
 * Cuts a text into what is marked and what is not. The text begins at `start`;
 * start and spans are code points of a version's text. Spans may overlap,
 * touch, come in any order and reach beyond the text. The pieces joined are
 * the text.
 */
export function pieces(text: string, start: number, spans: readonly Span[]): Piece[] {
  const points = [...text];
  const end = start + points.length;
  const cut = (from: number, to: number) => points.slice(from - start, to - start).join("");
  const result: Piece[] = [];
  let at = start;
  for (const span of union(spans)) {
    const from = Math.max(span.start, at);
    const to = Math.min(span.end, end);
    if (from >= to) continue;
    if (from > at) result.push({ start: at, text: cut(at, from), marked: false });
    result.push({ start: from, text: cut(from, to), marked: true });
    at = to;
  }
  if (at < end) result.push({ start: at, text: cut(at, end), marked: false });
  return result;
}

/** The spans in order, those that overlap joined into one; empty ones are dropped. */
function union(spans: readonly Span[]): Span[] {
  const joined: Span[] = [];
  for (const span of [...spans].filter((s) => s.end > s.start).sort((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (last && span.start < last.end) last.end = Math.max(last.end, span.end);
    else joined.push({ ...span });
  }
  return joined;
}
