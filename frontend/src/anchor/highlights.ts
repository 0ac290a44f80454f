/**
 * Highlights drawn by the CSS Custom Highlight API: one Highlight for each name, over static ranges, so that
 * the DOM of the text is never touched. How each name looks is for the stylesheet: `::highlight(name)`.
 */
export const layers = [
  "family-1",
  "family-2",
  "family-3",
  "family-4",
  "family-5",
  "family-6",
  "family-7",
  "family-8",
  "inner-1",
  "inner-2",
  "inner-3",
  "inner-4",
  "inner-5",
  "inner-6",
  "inner-7",
  "inner-8",
  "outer-1",
  "outer-2",
  "outer-3",
  "outer-4",
  "outer-5",
  "outer-6",
  "outer-7",
  "outer-8",
  "hit",
  "hit-current",
  "annotation-active",
  "selection-draft",
] as const;

export type Layer = (typeof layers)[number];

/** Whether the browser can draw highlights at all. */
export const drawn = typeof Highlight === "function" && typeof CSS !== "undefined" && "highlights" in CSS;

/** Draws the ranges, and nothing else, on a layer. Later layers lie above earlier ones. */
export function paint(layer: Layer, ranges: Iterable<AbstractRange | null>): void {
  if (!drawn) return;
  const highlight = new Highlight();
  highlight.priority = layers.indexOf(layer);
  for (const range of ranges) if (range) highlight.add(range);
  if (highlight.size > 0) CSS.highlights.set(layer, highlight);
  else CSS.highlights.delete(layer);
}

/** Draws nothing any more. */
export function clear(): void {
  for (const layer of layers) paint(layer, []);
}
