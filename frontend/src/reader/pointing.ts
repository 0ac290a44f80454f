import { type RefObject, useEffect, useRef } from "react";
import { unitAt } from "../anchor/page";
import { covering, type Mark } from "./outline";
import type { Sheet } from "./text";

interface Pointing {
  /** The pointer is over these annotations, the shortest first; over none when empty. */
  hover: (marks: Mark[]) => void;
  /** A click, not the end of a selection, on these annotations. */
  click: (marks: Mark[]) => void;
}

/** Finds the annotations under the pointer by arithmetic, for nothing in the DOM stands for them. */
export function usePointing(sheet: Sheet, marks: Mark[], pointing: Pointing): void {
  const latest: RefObject<{ marks: Mark[]; pointing: Pointing }> = useRef({ marks, pointing });
  useEffect(() => {
    latest.current = { marks, pointing };
  });
  useEffect(() => {
    let frame = 0;
    const under = (event: MouseEvent): Mark[] => {
      const unit = latest.current.marks.length > 0 ? unitAt(sheet.page, event.clientX, event.clientY) : null;
      return unit === null ? [] : covering(latest.current.marks, unit);
    };
    const onMove = (event: PointerEvent) => {
      if (event.pointerType === "touch" || event.buttons !== 0) return;
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => latest.current.pointing.hover(under(event)));
    };
    const onLeave = () => {
      cancelAnimationFrame(frame);
      latest.current.pointing.hover([]);
    };
    const onClick = (event: MouseEvent) => {
      if (getSelection()?.isCollapsed !== false) latest.current.pointing.click(under(event));
    };
    const { root } = sheet;
    root.addEventListener("pointermove", onMove);
    root.addEventListener("pointerleave", onLeave);
    root.addEventListener("click", onClick);
    return () => {
      cancelAnimationFrame(frame);
      root.removeEventListener("pointermove", onMove);
      root.removeEventListener("pointerleave", onLeave);
      root.removeEventListener("click", onClick);
    };
  }, [sheet]);
}
