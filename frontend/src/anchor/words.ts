import type { Span } from "./offsets";

export type Step = "character" | "word" | "sentence" | "paragraph";

/**
 * The places where a cursor may stand in a text whose paragraphs are separated by line feeds. Words and
 * sentences are those of the text's language, found one paragraph at a time.
 */
export class Steps {
  readonly #text: string;
  readonly #segmenters: Record<Exclude<Step, "paragraph">, Intl.Segmenter>;

  constructor(text: string, language: string) {
    const locale = supported(language);
    this.#text = text;
    this.#segmenters = {
      character: new Intl.Segmenter(locale, { granularity: "grapheme" }),
      word: new Intl.Segmenter(locale, { granularity: "word" }),
      sentence: new Intl.Segmenter(locale, { granularity: "sentence" }),
    };
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

  *#parts(start: number, end: number, step: Exclude<Step, "paragraph">): Iterable<Span> {
    for (const part of this.#segmenters[step].segment(this.#text.slice(start, end))) {
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
