import type { Edition } from "./edition";
import { barBottom, revealBlock } from "./reveal";
import type { Sheet } from "./text";

/** What of the text is in the window, as indexes of blocks, and as units of the text. */
export interface Place {
  first: number;
  start: number;
  end: number;
}

/** The chunks in and around the window, by index: what is worth a card in the margin. */
export interface Near {
  from: number;
  to: number;
}

/**
 * Watches which part of the text is in the window. Only chunks near it are ever measured: measuring the others
 * would lay out the whole document.
 */
export class View {
  #place: Place = { first: 0, start: 0, end: 0 };
  #near: Near = { from: 0, to: 0 };
  readonly #edition: Edition;
  readonly #sheet: Sheet;
  readonly #visible = new Set<number>();
  readonly #watchers = new Set<() => void>();
  #frame = 0;
  #width = innerWidth;

  constructor(edition: Edition, sheet: Sheet) {
    this.#edition = edition;
    this.#sheet = sheet;
  }

  place = (): Place => this.#place;
  near = (): Near => this.#near;

  subscribe = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  /** Starts watching and returns how to stop. */
  watch(): () => void {
    const indexes = new Map<Element, number>(this.#sheet.chunks.map((chunk, index) => [chunk, index]));
    const observer = new IntersectionObserver((entries) => this.#seen(entries, indexes), {
      rootMargin: "75% 0px",
    });
    for (const chunk of this.#sheet.chunks) observer.observe(chunk);
    addEventListener("scroll", this.#soon, { passive: true });
    addEventListener("resize", this.#keep, { passive: true });
    return () => {
      observer.disconnect();
      removeEventListener("scroll", this.#soon);
      removeEventListener("resize", this.#keep);
      cancelAnimationFrame(this.#frame);
      this.#frame = 0;
    };
  }

  #seen(entries: IntersectionObserverEntry[], indexes: Map<Element, number>): void {
    for (const entry of entries) {
      const index = indexes.get(entry.target) ?? 0;
      if (entry.isIntersecting) this.#visible.add(index);
      else this.#visible.delete(index);
    }
    if (this.#visible.size > 0) {
      this.#near = { from: Math.min(...this.#visible), to: Math.max(...this.#visible) + 1 };
    }
    this.#measure();
    this.#tell();
  }

  /** Another width breaks the lines anew; the block at the top stays there. */
  #keep = (): void => {
    const { first } = this.#place;
    if (scrollY > 0 && innerWidth !== this.#width) void revealBlock(this.#sheet, first);
    this.#width = innerWidth;
    this.#soon();
  };

  #soon = (): void => {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#measure();
      this.#tell();
    });
  };

  #measure(): void {
    const { chunks, blocks } = this.#edition;
    const top = barBottom() + 8;
    const upper = lastAbove(this.#sheet.chunks, this.#near.from, this.#near.to, top);
    const lower = lastAbove(this.#sheet.chunks, upper, this.#near.to, innerHeight);
    const chunk = chunks[upper];
    const last = chunks[lower];
    if (!chunk || !last) return;
    const found = lastAbove(this.#sheet.blocks, chunk.from, chunk.to, top);
    const past = (this.#sheet.blocks[found]?.getBoundingClientRect().bottom ?? 0) < top;
    const first = past && found + 1 < chunk.to ? found + 1 : found;
    const end = blocks[lastAbove(this.#sheet.blocks, last.from, last.to, innerHeight)]?.end ?? 0;
    this.#place = { first, start: blocks[first]?.start ?? 0, end };
  }

  #tell(): void {
    for (const watcher of this.#watchers) watcher();
  }
}

/** The last of elements[from..to) whose top is at or above a line; `from` if none is. */
function lastAbove(elements: HTMLElement[], from: number, to: number, line: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >> 1;
    const top = elements[middle]?.getBoundingClientRect().top ?? 0;
    if (top <= line) low = middle + 1;
    else high = middle;
  }
  return Math.max(from, low - 1);
}
