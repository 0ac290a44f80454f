import { Offsets, type Span } from "./offsets";

/** Where a quote stands, in code points, and the quote with up to 32 code points on either side. */
export interface Target extends Span {
  exact: string;
  prefix: string;
  suffix: string;
}

const context = 32;

/** A text made ready to select from and to find quotes in. All spans are code points, as on the server. */
export class Anchorage {
  readonly #text: string;
  readonly #offsets: Offsets;
  readonly #length: number;

  constructor(text: string, offsets = new Offsets(text)) {
    this.#text = text;
    this.#offsets = offsets;
    this.#length = offsets.points(text.length);
  }

  /** The selectors of a span; "range" if it is not within the text, "blank" if it holds only white space. */
  select({ start, end }: Span): Target | "range" | "blank" {
    if (start < 0 || start > end || end > this.#length) return "range";
    const exact = this.#slice(start, end);
    if (exact.trim() === "") return "blank";
    const prefix = this.#slice(Math.max(0, start - context), start);
    return { start, end, exact, prefix, suffix: this.#slice(end, Math.min(this.#length, end + context)) };
  }

  /**
   * Where the target's quote stands: at its position if quote and context are found there, otherwise at the only
   * place that has both, otherwise at the only place that has the quote. It never guesses between several.
   */
  locate({ start, end, exact, prefix, suffix }: Target): Span | "notFound" | "ambiguous" {
    if (exact === "") return "notFound";
    const inContext = (unit: number) =>
      this.#text.startsWith(suffix, unit + exact.length) && this.#text.endsWith(prefix, unit);
    const unit = this.#offsets.units(start);
    if (
      start >= 0 &&
      this.#text.startsWith(exact, unit) &&
      unit + exact.length === this.#offsets.units(end)
    ) {
      if (inContext(unit)) return { start, end };
    }
    const places = this.#find(exact);
    const good = places.filter(inContext);
    const [only, another] = good.length > 0 ? good : places;
    if (only === undefined) return "notFound";
    if (another !== undefined) return "ambiguous";
    return { start: this.#offsets.points(only), end: this.#offsets.points(only + exact.length) };
  }

  #slice(start: number, end: number): string {
    return this.#text.slice(this.#offsets.units(start), this.#offsets.units(end));
  }

  /** Every place of the quote, in units; places may overlap. */
  #find(exact: string): number[] {
    const places: number[] = [];
    for (let at = this.#text.indexOf(exact); at >= 0; at = this.#text.indexOf(exact, at + 1)) places.push(at);
    return places;
  }
}
