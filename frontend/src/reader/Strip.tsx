import { memo, type PointerEvent, useEffect, useMemo, useRef } from "react";
import type { Span } from "../anchor/offsets";
import { count } from "../ui/words";
import type { Mark } from "./outline";
import type { View } from "./view";

interface Props {
  length: number;
  hits: Span[];
  marks: Mark[];
  view: View;
  onGo: (unit: number) => void;
}

const height = 1000;

/** The whole text as a strip: where the hits and the annotations are, and what is in the window. */
export const Strip = memo(function Strip({ length, hits, marks, view, onGo }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => view.subscribe(() => placeFrame(frame.current, view, length)), [view, length]);
  const families = useMemo(() => byFamily(marks), [marks]);
  const go = (event: PointerEvent<HTMLDivElement>) => {
    if (event.buttons !== 1) return;
    const box = event.currentTarget.getBoundingClientRect();
    onGo(Math.round(((event.clientY - box.top) / box.height) * length));
  };
  return (
    <div
      className="map noprint"
      role="img"
      aria-label={`Map of the text: ${count(hits.length, "hit")}, ${count(marks.length, "annotation")}`}
      onPointerDown={go}
      onPointerMove={go}
    >
      <svg viewBox={`0 0 46 ${height}`} preserveAspectRatio="none" aria-hidden="true">
        <path className="hits" d={ticks(hits, length, 4, 15)} />
        {[...families].map(([family, spans]) => (
          <path key={family} className={`f${family}`} d={ticks(spans, length, 24, 16)} />
        ))}
      </svg>
      <div ref={frame} className="frame" />
    </div>
  );
});

function placeFrame(frame: HTMLElement | null, view: View, length: number): void {
  if (!frame || length === 0) return;
  const { start, end } = view.place();
  frame.style.top = `${(start / length) * 100}%`;
  frame.style.height = `${(Math.max(0, end - start) / length) * 100}%`;
}

function byFamily(marks: Mark[]): Map<number, Span[]> {
  const families = new Map<number, Span[]>();
  for (const mark of marks) {
    const spans = families.get(mark.family) ?? [];
    families.set(mark.family, spans);
    spans.push(mark);
  }
  return families;
}

/** One path for all ticks of a colour; those that would fall on the same line are drawn once. */
function ticks(spans: Span[], length: number, x: number, width: number): string {
  const lines = new Set(spans.map((span) => Math.round((span.start / Math.max(1, length)) * height)));
  return [...lines].map((y) => `M${x} ${y}h${width}`).join("");
}
