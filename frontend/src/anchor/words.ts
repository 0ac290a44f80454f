import type { Span } from "./offsets";

export type Step = "character" | "word" | "sentence" | "paragraph";

/** The steps within a paragraph, and what `Intl` calls them. */
const granularities = { character: "grapheme", word: "word", sentence: "sentence" } as const;
type Within = keyof typeof granularities;

/**
 * The places where a cursor may stand in a text whose paragraphs are separated by line feeds. Words and
 * sentences are those of the text's language, found one paragraph at a time.
 */
export class Steps {
  readonly #text: string;
  readonly #language: string;
  /** Made when first needed: to make one takes tens of milliseconds, which the opening of a text does not have. */
  readonly #segmenters: Partial<Record<Within, Intl.Segmenter>> = {};

  constructor(text: string, language: string) {
    this.#text = text;
    this.#language = language;
  }

  /** The paragraph that holds the unit. */
  paragraph(at: number): Span {
    const start = at > 0 ? this.#text.lastIndexOf("\n", at - 1) + 1 : 0;
    const end = this.#text.indexOf("\n", at);
    return { start, end: end < 0 ? this.#text.length : end };
  }

  /** Where the first step after `at` ends; the end of the text if there is none. */
  forward(at: number, step: Step): number {
    const { start, end } = this.paragraph(at);
    if (at >= end) return end >= this.#text.length ? end : this.forward(end + 1, step);
    if (step === "paragraph") return end;
    for (const part of this.#parts(start, end, step)) if (part.end > at) return part.end;
    return end >= this.#text.length ? end : this.forward(end + 1, step);
  }

  /** Where the last step before `at` begins; 0 if there is none. */
  back(at: number, step: Step): number {
    const { start, end } = this.paragraph(at);
    if (at <= start) return start === 0 ? 0 : this.back(start - 1, step);
    if (step === "paragraph") return start;
    let last = start;
    for (const part of this.#parts(start, end, step)) if (part.start < at) last = part.start;
    return last;
  }

  #segmenter(step: Within): Intl.Segmenter {
    const known = this.#segmenters[step];
    if (known) return known;
    const made = new Intl.Segmenter(supported(this.#language), { granularity: granularities[step] });
    this.#segmenters[step] = made;
    return made;
  }

  *#parts(start: number, end: number, step: Within): Iterable<Span> {
    for (const part of this.#segmenter(step).segment(this.#text.slice(start, end))) {
      if (step === "word" && !part.isWordLike) continue;
      const from = start + part.index;
      yield { start: from, end: from + (step === "sentence" ? part.segment.trimEnd() : part.segment).length };
    }
  }
}

function supported(language: string): string | undefined {
  try {
    return Intl.Segmenter.supportedLocalesOf(language)[0];
  } catch {
    return undefined; // not a language tag
  }
}
