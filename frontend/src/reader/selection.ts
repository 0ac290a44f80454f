import { useEffect, useRef } from "react";
import type { Span } from "../anchor/offsets";
import type { Page } from "../anchor/page";

/** Touch and the browser's own caret move a selection in small steps: it counts once it rests so long. */
const rest = 250;

/** How a selection came about. */
export interface Means {
  /** Whether a pointer has just been lifted from the text. */
  released: boolean;
  /** Whether a finger selects. Of the handles by which it moves the ends the page is not told: a selection counts as it stands. */
  touch: boolean;
}

/** Marks what may be pressed without putting away what is selected. */
export const keepsSelection = "data-keeps-selection";

/**
 * Calls `select` with what the reader has selected of the page, and with null when they have put the selection
 * away with the pointer. Selections in fields, and all while `muted`, are left alone.
 */
export function useTextSelection(
  page: Page,
  muted: boolean,
  select: (span: Span | null, means: Means) => void,
): void {
  const latest = useRef({ muted, select });
  useEffect(() => {
    latest.current = { muted, select };
  });
  useEffect(() => {
    let down = false;
    let kept = false;
    let keyed = false;
    let touch = matchMedia("(pointer: coarse)").matches;
    let timer = 0;
    const read = (released: boolean) => {
      if (latest.current.muted) return;
      const selection = getSelection();
      const range = selection?.rangeCount ? selection.getRangeAt(0) : null;
      const span = range && !range.collapsed && touches(range) ? page.span(range) : null;
      // A key pressed since then has acted on what was selected, and may have put it away itself.
      if (span || (released && !keyed) || (touch && !kept)) latest.current.select(span, { released, touch });
    };
    const soon = (wait: number, released: boolean) => {
      clearTimeout(timer);
      timer = window.setTimeout(read, wait, released);
    };
    const onDown = (event: PointerEvent) => {
      touch = event.pointerType === "touch";
      kept = within(event.target, `[${keepsSelection}]`);
      down = !touch;
    };
    const onUp = (event: PointerEvent) => {
      down = false;
      keyed = false;
      // The browser settles the selection of a click only after this event.
      soon(touch ? rest : 0, within(event.target, ".sheet"));
    };
    const onKey = () => {
      keyed = true;
    };
    const onChange = () => {
      if (!down && !inField()) soon(rest, false);
    };
    document.addEventListener("pointerdown", onDown);
    document.addEventListener("pointerup", onUp);
    document.addEventListener("selectionchange", onChange);
    addEventListener("keydown", onKey, true);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("pointerdown", onDown);
      document.removeEventListener("pointerup", onUp);
      document.removeEventListener("selectionchange", onChange);
      removeEventListener("keydown", onKey, true);
    };
  }, [page]);
}

function within(target: EventTarget | null, selector: string): boolean {
  return target instanceof Element && target.closest(selector) !== null;
}

function inField(): boolean {
  return document.activeElement?.matches("input, textarea, select") ?? false;
}

function touches(range: Range): boolean {
  const sheet = document.querySelector(".sheet");
  return sheet !== null && range.intersectsNode(sheet);
}
