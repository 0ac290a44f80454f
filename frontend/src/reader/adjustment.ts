import { useMemo } from "react";
import type { Span } from "../anchor/offsets";
import { adjustsTogether } from "./Card";
import type { Draft } from "./Composer";
import { replaced } from "./draft";
import { type Annotation, indexAt } from "./edition";
import type { Material } from "./material";
import { type Mark, spansOf } from "./outline";
import { focusBlock } from "./standing";
import type { Say } from "./status";
import type { VisualMode } from "./visualMode";
import type { Writing } from "./writing";

/** One of the stretches of an annotation is placed anew: it is what is selected by keys, and has grips. */
export function useAdjustment(
  { edition, sheet, view }: Material,
  marks: Mark[],
  { draft: begun, setDraft, place }: Writing,
  visual: VisualMode,
  say: Say,
) {
  const { span } = visual;
  /** What is written, with the stretch where it is by now. */
  const draft = useMemo<Draft | null>(
    () => (begun?.adjusting !== undefined && span ? replaced(begun, span) : begun),
    [begun, span],
  );

  /** Begins with the stretch that is in the window, else the first. */
  const adjust = (annotation: Annotation) => {
    const spans = spansOf(marks, annotation.id);
    if (spans.length === 0 || !annotation.editable) return say("There is nothing here that you may adjust");
    if (adjustsTogether(annotation)) {
      return say("Its stretches were chosen on another version: its card leads there, to adjust them");
    }
    const at = view.place().start;
    const nth = Math.max(
      0,
      spans.findIndex(({ end }) => end > at),
    );
    setDraft({ spans, editing: annotation, adjusting: nth, focus: "nowhere" });
    visual.select(spans[nth] as Span, "end");
    focusBlock(sheet.blocks[indexAt(edition.blocks, (spans[nth] as Span).start)]);
  };
  const saveAdjusted = () => {
    visual.stop();
    if (draft) void place(draft);
  };
  /** The stretch as it is now; undefined while none is adjusted. */
  const adjusted: Span | undefined =
    draft?.adjusting === undefined ? undefined : draft.spans[draft.adjusting];
  return { draft, adjusted, adjust, saveAdjusted };
}
