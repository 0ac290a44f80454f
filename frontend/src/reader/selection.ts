import { useEffect, useRef } from "react";
import type { Span } from "../anchor/offsets";
import type { Page } from "../anchor/page";

/** Touch and the browser's own caret move a selection in small steps: it counts once it rests so long. */
const rest = 250;

/**
 * Calls `select` with what the reader has selected of the page, and with null when they have put the selection
 * away with the pointer. Selections in fields, and all while `muted`, are left alone.
 */
export function useTextSelection(
  page: Page,
  muted: boolean,
  select: (span: Span | null, byPointer: boolean) => void,
): void {
  const latest = useRef({ muted, select });
  useEffect(() => {
    latest.current = { muted, select };
  });
  useEffect(() => {
    let down = false;
    let timer = 0;
    const read = (byPointer: boolean) => {
      if (latest.current.muted) return;
      const selection = getSelection();
      const range = selection?.rangeCount ? selection.getRangeAt(0) : null;
      const span = range && !range.collapsed && touches(range) ? page.span(range) : null;
      if (span || byPointer) latest.current.select(span, byPointer);
    };
    const soon = (wait: number, byPointer: boolean) => {
      clearTimeout(timer);
      timer = window.setTimeout(read, wait, byPointer);
    };
    const onDown = (event: PointerEvent) => {
      down = event.pointerType !== "touch";
    };
    const onUp = (event: PointerEvent) => {
      down = false;
      // The browser settles the selection of a click only after this event.
      soon(event.pointerType === "touch" ? rest : 0, inSheet(event.target));
    };
    const onChange = () => {
      if (!down && !inField()) soon(rest, false);
    };
    document.addEventListener("pointerdown", onDown);
    document.addEventListener("pointerup", onUp);
    document.addEventListener("selectionchange", onChange);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("pointerdown", onDown);
      document.removeEventListener("pointerup", onUp);
      document.removeEventListener("selectionchange", onChange);
    };
  }, [page]);
}

function inSheet(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(".sheet") !== null;
}

function inField(): boolean {
  return document.activeElement?.matches("input, textarea, select") ?? false;
}

function touches(range: Range): boolean {
  const sheet = document.querySelector(".sheet");
  return sheet !== null && range.intersectsNode(sheet);
}
