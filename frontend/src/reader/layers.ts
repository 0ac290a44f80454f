import { useLayoutEffect, useMemo } from "react";
import { clear, type Layer, paint } from "../anchor/highlights";
import type { Span } from "../anchor/offsets";
import type { Mark } from "./outline";
import { plainFamily } from "./outline";
import { overlaps } from "./overlaps";
import type { Sheet } from "./text";

interface Lit {
  marks: Mark[];
  hits: Span[];
  hit: Span | undefined;
  /** The stretches of the annotation that is pointed at or active. */
  active: Span[];
  draft: Span[];
  /** Changes when the text has been cut into other nodes. */
  drawn: boolean;
}

const families = [1, 2, 3, 4, 5, 6, 7, 8];

/** Draws annotations by family, where they cover one another, hits, and what is current or being selected. */
export function useLayers(sheet: Sheet, { marks, hits, hit, active, draft, drawn }: Lit): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: other nodes need other ranges
  const ranges = useMemo(() => {
    const byFamily = new Map<number, StaticRange[]>(families.map((family) => [family, []]));
    for (const one of marks) {
      const range = sheet.page.range(one);
      if (range) (byFamily.get(one.family) ?? byFamily.get(plainFamily))?.push(range);
    }
    return byFamily;
  }, [sheet, marks, drawn]);
  useLayoutEffect(() => {
    for (const [family, all] of ranges) paint(`family-${family}` as Layer, all);
  }, [ranges]);
  useOverlaps(sheet, marks, drawn);
  useLayer("hit", sheet, hits, drawn);
  useLayer("hit-current", sheet, hit, drawn);
  useLayer("annotation-active", sheet, active, drawn);
  useLayer("selection-draft", sheet, draft, drawn);
  // Before the layers of the next version are drawn, which an effect after painting would wipe out.
  useLayoutEffect(() => clear, []);
}

/** Where annotations cover one another, the innermost has the ground and the next one out a line below it. */
function useOverlaps(sheet: Sheet, marks: Mark[], drawn: boolean): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: other nodes need other ranges
  useLayoutEffect(() => {
    const covered = overlaps(marks).map((one) => ({ ...one, range: sheet.page.range(one) }));
    for (const family of families) {
      const of = (side: "inner" | "outer") =>
        covered.filter((one) => one[side] === family).map((one) => one.range);
      paint(`inner-${family}` as Layer, of("inner"));
      paint(`outer-${family}` as Layer, of("outer"));
    }
  }, [sheet, marks, drawn]);
}

function useLayer(layer: Layer, sheet: Sheet, spans: Span | Span[] | undefined, drawn: boolean): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: other nodes need other ranges
  useLayoutEffect(() => {
    const all = spans === undefined ? [] : [spans].flat();
    paint(
      layer,
      all.map((span) => sheet.page.range(span)),
    );
  }, [layer, sheet, spans, drawn]);
}
