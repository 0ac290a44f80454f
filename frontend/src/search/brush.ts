import type { FacetValue } from "./queries";

/** A year and how many passages come from it. */
export interface Bar {
  year: number;
  passages: number;
}

/** Years, both included. */
export interface Range {
  from: number;
  to: number;
}

/** One bar for each year from the first to the last, those without passages too. */
export function everyYear(values: FacetValue[]): Bar[] {
  const counts = new Map(values.map(({ value, passages }) => [Number(value), passages]));
  const years = [...counts.keys()].filter((year) => year > 0);
  if (years.length === 0) return [];
  const first = Math.min(...years);
  const length = Math.max(...years) - first + 1;
  return Array.from({ length }, (_, i) => ({ year: first + i, passages: counts.get(first + i) ?? 0 }));
}

/** The years of the bars, of which there is at least one. */
export function whole(bars: Bar[]): Range {
  return { from: bars[0]?.year ?? 0, to: bars.at(-1)?.year ?? 0 };
}

/** The years chosen, some of which have bars, as far as they have; an end of 0 is open. */
export function within(bars: Bar[], { from, to }: Range): Range {
  const all = whole(bars);
  const clamped = (year: number) => Math.min(Math.max(year, all.from), all.to);
  return { from: from ? clamped(from) : all.from, to: to ? clamped(to) : all.to };
}

/** How many passages the years of a range have. */
export function found(bars: Bar[], { from, to }: Range): number {
  return bars.reduce((sum, { year, passages }) => (year >= from && year <= to ? sum + passages : sum), 0);
}

/** The year at a part of the width, from 0 to 1; the nearest one outside of it. */
export function barAt(bars: Bar[], part: number): number {
  const index = Math.min(Math.max(Math.floor(part * bars.length), 0), bars.length - 1);
  return bars[index]?.year ?? 0;
}

/** The years between where dragging began and where it is. */
export function dragged(anchor: number, year: number): Range {
  return { from: Math.min(anchor, year), to: Math.max(anchor, year) };
}

const leap = 10;
const steps: Record<string, number> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -leap,
  PageUp: leap,
};

/** The range after a key moved one of its ends, which stops at the other; undefined if the key moves nothing. */
export function moved(bars: Bar[], range: Range, end: keyof Range, key: string): Range | undefined {
  const all = whole(bars);
  const [least, most] = end === "from" ? [all.from, range.to] : [range.from, all.to];
  const step = steps[key];
  const wanted = key === "Home" ? least : key === "End" ? most : step && range[end] + step;
  if (wanted === undefined) return undefined;
  return { ...range, [end]: Math.min(Math.max(wanted, least), most) };
}
