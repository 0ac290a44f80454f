/**
 * Two ways to count a text meet here and nowhere else: code points, as the contract and the W3C model count,
 * and UTF-16 units, as the DOM and strings do. Inside the browser everything is units; what is sent to or comes
 * from the server is code points.
 */
export class Offsets {
  /** For each character of two units, in order, the code points before it. */
  readonly #pairs: Int32Array;

  constructor(text: string) {
    this.#pairs = pairs(text);
  }

  /** The units before the given number of code points. */
  units(points: number): number {
    return points + this.#below(points, 0);
  }

  /** The code points before the given unit; inside a pair, those before the pair. */
  points(units: number): number {
    // The pair with index i begins at unit pairs[i] + i, so its second unit is one more.
    const whole = this.#below(units - 1, 1);
    const inside = whole < this.#pairs.length && (this.#pairs[whole] ?? 0) + whole + 1 === units;
    return units - whole - (inside ? 1 : 0);
  }

  /** How many pairs i have pairs[i] + step * i < limit. */
  #below(limit: number, step: number): number {
    let low = 0;
    let high = this.#pairs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#pairs[middle] ?? 0) + step * middle < limit) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

const pair = /[\ud800-\udbff][\udc00-\udfff]/g;

function pairs(text: string): Int32Array {
  const found: number[] = [];
  for (const match of text.matchAll(pair)) found.push(match.index - found.length);
  return Int32Array.from(found);
}

/** A stretch of a text; the end is not included. */
export interface Span {
  start: number;
  end: number;
}

/** Whether two spans are the same stretch. */
export function same(one: Span | null, other: Span | null): boolean {
  return one?.start === other?.start && one?.end === other?.end;
}

const blank = /\s/;

/** The span without the blanks at its ends; null if there is nothing else in it. */
export function trim(text: string, span: Span): Span | null {
  let { start, end } = span;
  while (start < end && blank.test(text.charAt(start))) start++;
  while (end > start && blank.test(text.charAt(end - 1))) end--;
  return start < end ? { start, end } : null;
}

/** The spans in the order of the text, those that overlap joined into one. */
export function union(spans: readonly Span[]): Span[] {
  const joined: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (last && span.start < last.end) last.end = Math.max(last.end, span.end);
    else joined.push({ ...span });
  }
  return joined;
}
