import { type PointerEvent, useEffect, useLayoutEffect, useRef } from "react";
import { type Span, same, trim } from "../anchor/offsets";
import { unitNear } from "../anchor/page";
import { barBottom, floor } from "./reveal";
import type { Sheet } from "./text";

type End = "start" | "end";

interface Props {
  sheet: Sheet;
  span: Span;
  /** Called with the stretch as it becomes, and the end that was moved. */
  onChange: (span: Span, moved: End) => void;
}

/** A grip under the pointer. */
interface Held {
  end: End;
  /** Where the pointer is, and how far it is from the end that it moves. */
  at: { x: number; y: number };
  from: { x: number; y: number };
  frame: number;
}

/** So near to where the text ends in the window, in pixels, a grip scrolls it, by so much a frame. */
const edge = 36;
const pace = 7;

/** Two grips at the ends of a stretch, to be dragged; by keyboard the same is done by a visual selection. */
export function Grips({ sheet, span, onChange }: Props) {
  const layer = useRef<HTMLDivElement>(null);
  const held = useRef<Held>(undefined);
  const latest = useRef({ span, onChange });
  useEffect(() => {
    latest.current = { span, onChange };
  });
  useLayoutEffect(() => {
    const place = () => layer.current && placeGrips(layer.current, sheet, span);
    place();
    const observer = new ResizeObserver(place);
    observer.observe(sheet.root);
    return () => observer.disconnect();
  }, [sheet, span]);
  const release = () => {
    cancelAnimationFrame(held.current?.frame ?? 0);
    held.current = undefined;
    layer.current?.classList.remove("held");
  };
  useEffect(() => () => cancelAnimationFrame(held.current?.frame ?? 0), []);
  const move = ({ end, at, from }: Held) => {
    const before = latest.current.span;
    const unit = unitNear(sheet.page, at.x - from.x, at.y - from.y);
    const next = unit === null ? null : trim(sheet.page.text, { ...before, [end]: unit });
    if (next && !same(next, before)) latest.current.onChange(next, end);
  };
  const follow = () => {
    const grip = held.current;
    if (!grip) return;
    const step = grip.at.y < barBottom() + edge ? -pace : grip.at.y > floor() - edge ? pace : 0;
    if (step !== 0) {
      scrollBy({ top: step, behavior: "instant" });
      move(grip);
    }
    grip.frame = requestAnimationFrame(follow);
  };
  const drag = (end: End) => ({
    className: `grip ${end}`,
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      event.preventDefault();
      event.currentTarget.setPointerCapture(event.pointerId);
      const line = lineAt(sheet, span, end);
      if (!line) return;
      const at = { x: event.clientX, y: event.clientY };
      const from = { x: at.x - line.x, y: at.y - line.y };
      layer.current?.classList.add("held");
      held.current = { end, at, from, frame: requestAnimationFrame(follow) };
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (!held.current) return;
      held.current.at = { x: event.clientX, y: event.clientY };
      move(held.current);
    },
    onLostPointerCapture: release,
  });
  return (
    <div ref={layer} className="grips noprint" aria-hidden="true">
      <span {...drag("start")} />
      <span {...drag("end")} />
    </div>
  );
}

function placeGrips(layer: HTMLElement, sheet: Sheet, span: Span): void {
  const origin = layer.getBoundingClientRect();
  const [from, to] = layer.children as unknown as HTMLElement[];
  const first = boxAt(sheet, span, "start");
  const last = boxAt(sheet, span, "end");
  if (!first || !last || !from || !to) return;
  from.style.translate = `${first.left - origin.left}px ${first.top - origin.top}px`;
  to.style.translate = `${last.right - origin.left}px ${last.bottom - origin.top}px`;
}

/** Where an end of the stretch is in the window, in the middle of its line. */
function lineAt(sheet: Sheet, span: Span, end: End): { x: number; y: number } | undefined {
  const box = boxAt(sheet, span, end);
  return box && { x: end === "start" ? box.left : box.right, y: (box.top + box.bottom) / 2 };
}

/** The box of the character at an end of the stretch. */
function boxAt(sheet: Sheet, { start, end }: Span, at: End): DOMRect | undefined {
  const character = at === "start" ? { start, end: start + 1 } : { start: end - 1, end };
  return sheet.page.live(character)?.getBoundingClientRect();
}
