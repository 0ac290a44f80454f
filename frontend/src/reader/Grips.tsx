import { type PointerEvent, useLayoutEffect, useRef } from "react";
import { type Span, trim } from "../anchor/offsets";
import { unitNear } from "../anchor/page";
import type { Sheet } from "./text";

interface Props {
  sheet: Sheet;
  span: Span;
  onChange: (span: Span) => void;
}

/** Two grips at the ends of a stretch, to be dragged; by keyboard the same is done by a visual selection. */
export function Grips({ sheet, span, onChange }: Props) {
  const layer = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const place = () => layer.current && placeGrips(layer.current, sheet, span);
    place();
    const observer = new ResizeObserver(place);
    observer.observe(sheet.root);
    return () => observer.disconnect();
  }, [sheet, span]);
  const drag = (end: "start" | "end") => ({
    className: `grip ${end}`,
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      event.preventDefault();
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
      // The knob hangs beside its line.
      const unit = unitNear(sheet.page, event.clientX, event.clientY + (end === "start" ? 14 : -14));
      const next = unit === null ? null : trim(sheet.page.text, { ...span, [end]: unit });
      if (next && (next.start !== span.start || next.end !== span.end)) onChange(next);
    },
  });
  return (
    <div ref={layer} className="grips noprint" aria-hidden="true">
      <span {...drag("start")} />
      <span {...drag("end")} />
    </div>
  );
}

function placeGrips(layer: HTMLElement, sheet: Sheet, { start, end }: Span): void {
  const origin = layer.getBoundingClientRect();
  const first = sheet.page.live({ start, end: start + 1 })?.getBoundingClientRect();
  const last = sheet.page.live({ start: end - 1, end })?.getBoundingClientRect();
  const [from, to] = layer.children as unknown as HTMLElement[];
  if (!first || !last || !from || !to) return;
  from.style.translate = `${first.left - origin.left}px ${first.top - origin.top}px`;
  to.style.translate = `${last.right - origin.left}px ${last.bottom - origin.top}px`;
}
