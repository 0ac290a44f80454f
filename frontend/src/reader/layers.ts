import { useLayoutEffect, useMemo } from "react";
import { clear, type Layer, paint } from "../anchor/highlights";
import type { Span } from "../anchor/offsets";
import type { Mark } from "./outline";
import { plainFamily } from "./outline";
import type { Sheet } from "./text";

interface Lit {
  marks: Mark[];
  hits: Span[];
  hit: Span | undefined;
  /** The annotation that is pointed at or active. */
  mark: Mark | undefined;
  draft: Span | undefined;
}

const families = [1, 2, 3, 4, 5, 6, 7, 8];

/** Draws annotations by family, hits, and what is current or being selected. */
export function useLayers(sheet: Sheet, { marks, hits, hit, mark, draft }: Lit): void {
  const ranges = useMemo(() => {
    const byFamily = new Map<number, StaticRange[]>(families.map((family) => [family, []]));
    for (const one of marks) {
      const range = sheet.page.range(one);
      if (range) (byFamily.get(one.family) ?? byFamily.get(plainFamily))?.push(range);
    }
    return byFamily;
  }, [sheet, marks]);
  useLayoutEffect(() => {
    for (const [family, all] of ranges) paint(`family-${family}` as Layer, all);
  }, [ranges]);
  useLayer("hit", sheet, hits);
  useLayer("hit-current", sheet, hit);
  useLayer("annotation-active", sheet, mark);
  useLayer("selection-draft", sheet, draft);
  // Before the layers of the next version are drawn, which an effect after painting would wipe out.
  useLayoutEffect(() => clear, []);
}

function useLayer(layer: Layer, sheet: Sheet, spans: Span | Span[] | undefined): void {
  useLayoutEffect(() => {
    const all = spans === undefined ? [] : [spans].flat();
    paint(
      layer,
      all.map((span) => sheet.page.range(span)),
    );
  }, [layer, sheet, spans]);
}
