import { useCallback, useEffect, useMemo, useState } from "react";
import { type Span, trim } from "../anchor/offsets";
import type { Page } from "../anchor/page";
import type { Steps } from "../anchor/words";
import type { Bindings } from "../ui/keys";
import type { Edition } from "./edition";
import { barBottom, floor } from "./reveal";
import type { Say } from "./status";
import type { Sheet } from "./text";
import { begin, endsOf, extend, type Visual, visualKeys } from "./visual";

export type VisualMode = ReturnType<typeof useVisual>;

/**
 * Selecting by keys: Shift and the arrows select nothing in text that cannot be edited. The selection is the
 * browser's own, so that it can be copied and is read out.
 */
export function useVisual(edition: Edition, sheet: Sheet, steps: Steps, say: Say) {
  const [visual, setVisual] = useState<Visual | null>(null);
  useEffect(() => {
    if (visual) select(sheet.page, visual);
  }, [sheet, visual]);
  // Not every screen reader reads out a selection that a page makes.
  useEffect(() => {
    if (!visual) return;
    const [start, end] = [Math.min(visual.anchor, visual.head), Math.max(visual.anchor, visual.head)];
    say(`Selected: ${endsOf(sheet.page.text.slice(start, end))}`, false);
  }, [sheet, visual, say]);
  const start = useCallback((at: number) => setVisual(begin(steps, at)), [steps]);
  /** Selects a stretch, of which one end is then moved by keys. */
  const selectSpan = useCallback(
    (wanted: Span, moving: "start" | "end" = "start") => {
      const span = trim(sheet.page.text, wanted);
      if (!span) return;
      const [anchor, head] = moving === "start" ? [span.end, span.start] : [span.start, span.end];
      setVisual({ anchor, head });
    },
    [sheet],
  );
  const stop = useCallback(() => {
    setVisual(null);
    getSelection()?.removeAllRanges();
  }, []);
  const span = useMemo<Span | null>(
    () =>
      visual && { start: Math.min(visual.anchor, visual.head), end: Math.max(visual.anchor, visual.head) },
    [visual],
  );
  const keys = useMemo<Bindings>(() => {
    const bindings: Bindings = { Escape: stop, v: stop };
    for (const key of visualKeys) {
      bindings[key] = () => setVisual((now) => now && extend(steps, now, key));
    }
    for (const [key, direction] of [
      ["ArrowDown", "forward"],
      ["ArrowUp", "backward"],
    ] as const) {
      bindings[key] = () =>
        setVisual((now) => now && { ...now, head: nextLine(edition, sheet.page, now.head, direction) });
    }
    return bindings;
  }, [edition, sheet, steps, stop]);
  return { span, start, select: selectSpan, stop, keys };
}

function select(page: Page, { anchor, head }: Visual): void {
  const from = page.place(anchor);
  const to = page.place(head);
  if (!from || !to) return;
  getSelection()?.setBaseAndExtent(from.node, from.offset, to.node, to.offset);
  const range = document.createRange();
  range.setStart(to.node, Math.max(0, to.offset - 1));
  range.setEnd(to.node, to.offset);
  const { top, bottom } = range.getBoundingClientRect();
  const low = floor() - 60;
  const high = barBottom() + 30;
  if (bottom > low) scrollBy({ top: bottom - low, behavior: "instant" });
  if (top < high) scrollBy({ top: top - high, behavior: "instant" });
}

/** Where the head comes to by a step of one line; only the browser knows the lines. */
function nextLine(edition: Edition, page: Page, head: number, direction: "forward" | "backward"): number {
  const selection = getSelection();
  if (!selection?.focusNode) return head;
  selection.modify("extend", direction, "line");
  const unit = selection.focusNode && page.unit(selection.focusNode, selection.focusOffset);
  if (unit !== null && unit !== undefined && unit !== head) return unit;
  return direction === "forward" ? Math.min(edition.text.length, head + 1) : Math.max(0, head - 1);
}
