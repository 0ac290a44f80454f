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
  const bars = useMemo(() => barsOf(marks, length), [marks, length]);
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
        {[...bars].map(([family, path]) => (
          <path key={family} className={`f${family}`} d={path} />
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

/** Where the annotations begin on the strip, how long a tick of one is, and that of as many as there are anywhere. */
const left = 24;
const shortest = 9;
const longest = 19;

/**
 * A path for each family. The annotations that fall on one line of the strip share a tick, the longer the more they
 * are: their families stand in it side by side.
 */
export function barsOf(marks: Mark[], length: number): Map<number, string> {
  const lines = new Map<number, Map<number, number>>();
  for (const mark of marks) {
    const at = Math.round((mark.start / Math.max(1, length)) * rows) * (height / rows);
    const line = lines.get(at) ?? new Map<number, number>();
    lines.set(at, line.set(mark.family, (line.get(mark.family) ?? 0) + 1));
  }
  const most = Math.max(1, ...[...lines.values()].map(total));
  const paths = new Map<number, string>();
  for (const [y, line] of lines) {
    const all = total(line);
    const width = most === 1 ? longest : shortest + (longest - shortest) * (Math.log(all) / Math.log(most));
    let x = left;
    for (const [family, many] of [...line].sort((a, b) => a[0] - b[0])) {
      const part = (width * many) / all;
      paths.set(family, `${paths.get(family) ?? ""}M${rounded(x)} ${y}h${rounded(part)}`);
      x += part;
    }
  }
  return paths;
}

/** How many lines of annotations the strip can show one below the other. */
const rows = 500;

function total(line: Map<number, number>): number {
  let sum = 0;
  for (const many of line.values()) sum += many;
  return sum;
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

/** One path for all ticks of a colour; those that would fall on the same line are drawn once. */
function ticks(spans: Span[], length: number, x: number, width: number): string {
  const lines = new Set(spans.map((span) => Math.round((span.start / Math.max(1, length)) * height)));
  return [...lines].map((y) => `M${x} ${y}h${width}`).join("");
}
