import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from "react";
import { count } from "../ui/words";
import { type Bar, barAt, dragged, found, moved, type Range, whole } from "./brush";
import "./brush.css";

interface Props {
  /** Every year from the first to the last; at least two. */
  bars: Bar[];
  /** The years that are chosen, within those of the bars. */
  range: Range;
  onChoose: (range: Range) => void;
}

const height = 44;

/**
 * How many passages come from which year, to drag over. What is about to be chosen shows at once; it is chosen when
 * the pointer or the key is let go.
 */
export function YearBrush({ bars, range, onChoose }: Props) {
  const [draft, setDraft] = useState<Range>();
  // What is chosen has arrived: there is nothing more to show beside it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another range puts an end to the draft
  useEffect(() => setDraft(undefined), [range.from, range.to]);
  const shown = draft ?? range;
  const first = whole(bars).from;
  const choose = (next: Range | undefined) => {
    if (next && (next.from !== range.from || next.to !== range.to)) onChoose(next);
    else setDraft(undefined);
  };
  const pointer = usePointer(bars, shown, setDraft, choose);
  const passages = count(found(bars, shown), "passage");
  const thumb = (end: keyof Range) => {
    const others = end === "from" ? { min: first, max: shown.to } : { min: shown.from, max: whole(bars).to };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === "Escape") return setDraft(undefined);
      if (event.key === "Enter") return choose(draft);
      const next = moved(bars, shown, end, event.key);
      if (!next) return;
      event.preventDefault();
      setDraft(next);
    };
    return (
      <div
        className={`thumb ${end}`}
        role="slider"
        tabIndex={0}
        style={{ left: `${((shown[end] - first + (end === "to" ? 1 : 0)) / bars.length) * 100}%` }}
        aria-label={end === "from" ? "From year" : "To year"}
        aria-valuemin={others.min}
        aria-valuemax={others.max}
        aria-valuenow={shown[end]}
        aria-valuetext={`${end} ${shown[end]}: ${passages}`}
        onKeyDown={onKeyDown}
        onKeyUp={() => choose(draft)}
        onBlur={() => choose(draft)}
      />
    );
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: the years stand in a fieldset already
    <div className="brush" role="group" aria-label="Passages by year">
      <div className="ground" {...pointer}>
        <Bars bars={bars} range={shown} />
        {thumb("from")}
        {thumb("to")}
      </div>
      <p className="axis tiny muted" aria-hidden="true">
        <span>{first}</span>
        <span>{whole(bars).to}</span>
      </p>
      <p className="tiny chosen-years">
        {shown.from === shown.to ? shown.from : `${shown.from}–${shown.to}`}: {passages}
      </p>
    </div>
  );
}

/** Dragging draws a new range from where it begins; from an end of the one there is, it moves that end. */
function usePointer(
  bars: Bar[],
  shown: Range,
  draw: (range: Range | undefined) => void,
  choose: (range: Range | undefined) => void,
) {
  const held = useRef<{ anchor: number; range: Range }>(undefined);
  const yearUnder = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return barAt(bars, (event.clientX - box.left) / box.width);
  };
  const stop = (next: Range | undefined) => {
    held.current = undefined;
    if (next) choose(next);
    else draw(undefined);
  };
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      const end = event.target instanceof Element && event.target.closest(".thumb");
      if (end instanceof HTMLElement) end.focus({ preventScroll: true });
      const year = yearUnder(event);
      const anchor = !end ? year : end.classList.contains("from") ? shown.to : shown.from;
      const range = end ? shown : dragged(anchor, year);
      held.current = { anchor, range };
      draw(range);
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (!held.current) return;
      held.current.range = dragged(held.current.anchor, yearUnder(event));
      draw(held.current.range);
    },
    onPointerUp: () => held.current && stop(held.current.range),
    onPointerCancel: () => held.current && stop(undefined),
  };
}

function Bars({ bars, range }: { bars: Bar[]; range: Range }) {
  const most = Math.max(...bars.map((bar) => bar.passages));
  return (
    <svg
      className="hist"
      viewBox={`0 0 ${bars.length} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {bars.map((bar, i) => {
        const tall = bar.passages === 0 ? 0 : Math.max(1.5, (bar.passages / most) * height);
        return (
          <rect
            key={bar.year}
            className={bar.year < range.from || bar.year > range.to ? "out" : undefined}
            x={i + 0.1}
            y={height - tall}
            width="0.8"
            height={tall}
          >
            <title>{`${bar.year}: ${count(bar.passages, "passage")}`}</title>
          </rect>
        );
      })}
    </svg>
  );
}
