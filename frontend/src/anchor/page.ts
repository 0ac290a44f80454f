import { type Span, trim } from "./offsets";

/** A text node and the unit of the version's text with which it begins. */
export interface Piece {
  node: Text;
  start: number;
}

/**
 * A text as it stands in the DOM: pieces in the order of the text. Between two pieces there may be units that
 * no node shows (the line feeds between blocks). Every offset here is in units of the whole text.
 */
export class Page {
  readonly text: string;
  #pieces: Piece[];
  readonly #starts = new WeakMap<Node, number>();

  constructor(text: string, pieces: Piece[]) {
    this.text = text;
    this.#pieces = pieces;
    for (const piece of pieces) this.#starts.set(piece.node, piece.start);
  }

  /** A range for the span, over as many blocks as it takes; null if no node shows any of it. */
  range(span: Span): StaticRange | null {
    const first = this.#pieces[this.#first((piece) => piece.start + piece.node.length > span.start)];
    const last = this.#pieces[this.#first((piece) => piece.start >= span.end) - 1];
    if (!first || !last || first.start > last.start) return null;
    return new StaticRange({
      startContainer: first.node,
      startOffset: Math.max(0, span.start - first.start),
      endContainer: last.node,
      endOffset: Math.min(last.node.length, span.end - last.start),
    });
  }

  /** The same as a live range, for measuring; make few and drop them at once. */
  live(span: Span): Range | null {
    const fixed = this.range(span);
    if (!fixed) return null;
    const range = document.createRange();
    range.setStart(fixed.startContainer, fixed.startOffset);
    range.setEnd(fixed.endContainer, fixed.endOffset);
    return range;
  }

  /** Where the unit is in the DOM; at the end of a piece if no node shows it. Null on an empty page. */
  place(unit: number): { node: Text; offset: number } | null {
    const after = this.#first((piece) => piece.start > unit);
    const piece = this.#pieces[Math.max(0, after - 1)];
    return piece
      ? { node: piece.node, offset: Math.max(0, Math.min(unit - piece.start, piece.node.length)) }
      : null;
  }

  /** The unit at a place in one of the pieces; null elsewhere. */
  unit(node: Node, offset: number): number | null {
    const start = this.#starts.get(node);
    return start === undefined ? null : start + offset;
  }

  /**
   * What a selection selects of the text, without the blanks at its ends: a triple click, which ends at the
   * start of the next paragraph, gives the paragraph. Null if it selects none of it.
   */
  span(range: Range): Span | null {
    const start = this.unit(range.startContainer, range.startOffset) ?? this.#firstFrom(range);
    const end = this.unit(range.endContainer, range.endOffset) ?? this.#lastUpTo(range);
    return start === null || end === null ? null : trim(this.text, { start, end });
  }

  #firstFrom(range: Range): number | null {
    return this.#pieces[this.#first((piece) => range.comparePoint(piece.node, 0) >= 0)]?.start ?? null;
  }

  #lastUpTo(range: Range): number | null {
    const piece =
      this.#pieces[this.#first((piece) => range.comparePoint(piece.node, piece.node.length) > 0) - 1];
    return piece ? piece.start + piece.node.length : null;
  }

  /**
   * Puts the text of each span into an element of its own; the text stays what it is. The spans are in the order of
   * the text and do not overlap; one that is not within one piece is left out. Ranges made before may no longer hold.
   */
  wrap<S extends Span>(spans: S[], make: (span: S) => HTMLElement): void {
    const pieces: Piece[] = [];
    let next = 0;
    for (let piece of this.#pieces) {
      const end = piece.start + piece.node.length;
      while (next < spans.length && (spans[next] as S).start < piece.start) next++;
      for (let span = spans[next]; span && span.end <= end; span = spans[++next]) {
        const inside = this.#cut(pieces, piece, span.start);
        const last = span.end === end;
        const after = last ? inside : { node: inside.node.splitText(span.end - span.start), start: span.end };
        const holder = make(span);
        inside.node.before(holder);
        holder.append(inside.node);
        this.#keep(pieces, inside);
        piece = last ? { node: document.createTextNode(""), start: end } : after;
      }
      if (piece.node.length > 0) this.#keep(pieces, piece);
    }
    this.#pieces = pieces;
  }

  /** Keeps what of a piece stands before a unit and returns the rest. */
  #cut(pieces: Piece[], piece: Piece, unit: number): Piece {
    if (unit === piece.start) return piece;
    const rest = { node: piece.node.splitText(unit - piece.start), start: unit };
    this.#keep(pieces, piece);
    return rest;
  }

  #keep(pieces: Piece[], piece: Piece): void {
    this.#starts.set(piece.node, piece.start);
    pieces.push(piece);
  }

  /** The index of the first piece for which `holds`, which must stay true once it is; their number if none. */
  #first(holds: (piece: Piece) => boolean): number {
    let low = 0;
    let high = this.#pieces.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (holds(this.#pieces[middle] as Piece)) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

/** The unit of the page that is drawn at a point of the window; null where there is no text. */
export function unitAt(page: Page, x: number, y: number): number | null {
  const caret = caretAt(x, y);
  const unit = caret && page.unit(caret.node, caret.offset);
  if (unit === null) return null;
  // A caret is also found beside the text: only a character under the point counts.
  for (const start of [unit, unit - 1]) {
    for (const box of page.live({ start, end: start + 1 })?.getClientRects() ?? []) {
      if (x >= box.left && x <= box.right && y >= box.top && y <= box.bottom) return start;
    }
  }
  return null;
}

/** The unit of the page at which a caret would stand that is set at a point of the window; null beside the text. */
export function unitNear(page: Page, x: number, y: number): number | null {
  const caret = caretAt(x, y);
  return caret && page.unit(caret.node, caret.offset);
}

function caretAt(x: number, y: number): { node: Node; offset: number } | null {
  if (document.caretPositionFromPoint) {
    const caret = document.caretPositionFromPoint(x, y);
    return caret && { node: caret.offsetNode, offset: caret.offset };
  }
  // Safari before 18.4 knows only the older name.
  const range = document.caretRangeFromPoint?.(x, y);
  return range ? { node: range.startContainer, offset: range.startOffset } : null;
}
